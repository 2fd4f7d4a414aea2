import assert from "node:assert/strict";
import { checkDestinations } from "./check_destinations.ts";

const to = (host: string, port = 5060, transport: "udp" | "tcp" = "udp") => ({
  host,
  port,
  transport,
});

Deno.test("checkDestinations() lets names, public, private and loopback addresses through", () => {
  const hosts = ["sbc.carrier.example", "203.0.113.7", "10.1.2.3", "127.0.0.1", "2001:db8::1"];
  assert.deepEqual(checkDestinations(hosts.map((host) => to(host))), []);
});

Deno.test("checkDestinations() refuses addresses where nobody answers", () => {
  const hosts = ["0.0.0.0", "169.254.169.254", "224.0.1.75", "255.255.255.255", "::", "fe80::1"];
  const found = checkDestinations([...hosts, "::ffff:10.0.0.1", "ff02::1"].map((h) => to(h)));
  assert.deepEqual(found.map(({ path }) => path), found.map((_, i) => `destinations.${i}.host`));
  assert.equal(found.length, 8);
});

Deno.test("checkDestinations() refuses what is named twice, but not another port or transport", () => {
  const all = [to("a.example"), to("a.example", 5070), to("a.example", 5060, "tcp")];
  assert.deepEqual(checkDestinations(all), []);
  assert.deepEqual(checkDestinations([...all, to("A.example")]).map(({ path }) => path), [
    "destinations.3",
  ]);
});
