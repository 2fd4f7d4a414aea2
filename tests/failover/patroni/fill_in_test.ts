import assert from "node:assert/strict";
import { parse } from "yaml";
import { fillIn } from "./fill_in.ts";

Deno.test("fillIn() fills in every name, and leaves none open", () => {
  assert.equal(fillIn("a: ${A}\n# ${B}\nc: ${A}${C}", { A: "1", C: "$&" }), "a: 1\nc: 1$&");
  assert.throws(() => fillIn("a: ${A}", {}), /asks for A/);
});

Deno.test("the documented configurations are YAML that keeps Patroni's rule for its times", async () => {
  const read = async (name: string) => {
    const text = await Deno.readTextFile(
      new URL(`../../../docs/patroni/${name}`, import.meta.url),
    );
    const names = text.matchAll(/\$\{([A-Z_]+)\}/g).map(([, name]) => [name, "x"]);
    return parse(fillIn(text, Object.fromEntries(names)));
  };
  const { ttl, loop_wait, retry_timeout, synchronous_mode } = (await read("patroni.yml"))
    .bootstrap.dcs;
  assert.ok(ttl >= loop_wait + 2 * retry_timeout && retry_timeout >= 2);
  assert.equal(synchronous_mode, true);
  const etcd = await read("etcd.yml");
  assert.ok(etcd["election-timeout"] >= 10 * etcd["heartbeat-interval"]);
});
