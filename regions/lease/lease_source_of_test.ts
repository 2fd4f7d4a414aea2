import assert from "node:assert/strict";
import { leaseSourceOf } from "./lease_source_of.ts";

const OWNER = {
  clusterId: "E39",
  site: "eu-central",
  token: () => Promise.resolve("token"),
  clock: () => 0,
};

Deno.test("leaseSourceOf() knows keepers, Patroni, and clusters that are a single database", async () => {
  assert.equal((await leaseSourceOf("none", OWNER).ask()).held, true);
  for (const kind of ["keeper", "patroni"]) {
    // Nobody answers at port 0.
    await assert.rejects(leaseSourceOf(`${kind}:http://127.0.0.1:0`, OWNER).ask());
  }
});

Deno.test("leaseSourceOf() refuses what it does not know", () => {
  for (const setting of ["", "patroni", "patroni:", "patroni:ftp://host", "etcd:http://host"]) {
    assert.throws(() => leaseSourceOf(setting, OWNER), { code: "configuration_invalid" });
  }
});
