import assert from "node:assert/strict";
import { Directory } from "./directory.ts";
import { SAMPLE, sampleConfiguration } from "./sample_configuration.ts";

Deno.test("Directory finds trunks, numbers, tenants and the clusters in use", () => {
  const directory = new Directory(sampleConfiguration());
  assert.equal(directory.trunksOf("127.0.1.77")[0].id, SAMPLE.carrierTrunk);
  assert.equal(directory.trunksOf("127.0.3.1").length, 0);
  assert.equal(directory.hasNumber("+4969900100"), true);
  assert.equal(directory.tenantOfNumber("+4969900200")?.status, "suspended");
  assert.equal(directory.tenantOfNumber("+1"), undefined);
  assert.deepEqual(directory.clustersWithTenants().map((c) => c.id), ["E39", "C14"]);
});

Deno.test("Directory leaves other PoPs' trunks out", () => {
  const sample = sampleConfiguration();
  const trunks = sample.trunks.map((trunk) => ({ ...trunk, popId: "AMS" }));
  assert.deepEqual(new Directory({ ...sample, trunks }).trunksOf("127.0.2.1"), []);
});
