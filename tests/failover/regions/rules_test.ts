import assert from "node:assert/strict";
import { countedPackets, countRules } from "./count_rules.ts";
import { cutRules } from "./cut_rules.ts";

Deno.test("cutRules() names the devices that are deaf, and heals with none", () => {
  assert.match(cutRules(["us-east", "control"]), /iifname \{ "to-us-east", "to-control" \} drop/);
  assert.ok(!cutRules([]).includes("drop"));
  assert.match(cutRules([]), /delete table inet cut/);
});

Deno.test("countedPackets() adds what countRules() counts", () => {
  assert.match(countRules(["us-east"]), /@th,64,2 2 counter name "rtp"/);
  const counter = (packets: number) => ({ counter: { name: "rtp", packets } });
  const json = JSON.stringify({ nftables: [{ metainfo: {} }, counter(3), counter(4)] });
  assert.equal(countedPackets(json), 7);
});
