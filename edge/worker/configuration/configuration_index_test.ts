import assert from "node:assert/strict";
import { SAMPLE, sampleConfiguration } from "../testing/sample_configuration.ts";
import { ConfigurationIndex } from "./configuration_index.ts";

Deno.test("ConfigurationIndex finds tenants, assets and a tenant's cluster", () => {
  const index = new ConfigurationIndex(sampleConfiguration());
  assert.equal(index.tenantBySlug("acme")?.id, SAMPLE.tenantId);
  assert.equal(index.tenant(SAMPLE.otherTenantId)?.slug, "globex");
  assert.equal(index.asset(SAMPLE.assetId)?.phoneNumberId, "1055");
  assert.equal(index.clusterOf(SAMPLE.tenantId).id, "E39");
  assert.equal(index.tenantBySlug("nobody"), undefined);
});

Deno.test("ConfigurationIndex knows no cluster for a tenant that is placed nowhere", () => {
  const index = new ConfigurationIndex(sampleConfiguration({ clusters: [] }));
  for (const id of [SAMPLE.tenantId, "0198c5a0-0000-7000-8000-0000000000ff"]) {
    assert.throws(() => index.clusterOf(id), { code: "cluster_unavailable" });
  }
});
