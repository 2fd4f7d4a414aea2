import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import type { EdgeConfiguration } from "../../protocol/topology/edge_configuration.ts";

/** Ids and secrets of the stage. Anna is an agent of the tenant, Otto of the other tenant. */
export const STAGE = {
  tenantId: "0198c5a0-0000-7000-8000-000000000001",
  otherTenantId: "0198c5a0-0000-7000-8000-000000000002",
  assetId: "0198c5a0-0000-7000-8000-00000000000a",
  appSecret: "app-secret",
  verifyToken: "verify-me",
} as const;

/** The configuration of the stage's edge: a tenant on E39, another on C14, one asset, two PoPs. */
export function stageConfiguration(
  e39: string[],
  c14: string,
  keys: ServiceKey[],
): EdgeConfiguration {
  const tenant = (id: string, slug: string, clusterId: string) => (
    { id, slug, name: `The ${slug} company`, clusterId, status: "active" as const }
  );
  const pop = (id: string, region: string) => (
    { id, name: id, region, url: `http://${id.toLowerCase()}.test:7000`, sip: [] }
  );
  return {
    version: "v1",
    edgeId: "test",
    clusters: [
      { id: "E39", homeRegion: "eu-central", standbyRegion: "us-east", urls: e39 },
      { id: "C14", homeRegion: "us-east", standbyRegion: null, urls: [c14] },
    ],
    tenants: [
      tenant(STAGE.tenantId, "acme", "E39"),
      tenant(STAGE.otherTenantId, "globex", "C14"),
    ],
    pops: [pop("NYC", "us-east"), pop("FRA", "eu-central")],
    assets: [{
      id: STAGE.assetId,
      tenantId: STAGE.tenantId,
      clusterId: "E39",
      channel: "whatsapp",
      phoneNumberId: "1055",
      verifyToken: STAGE.verifyToken,
      appSecret: STAGE.appSecret,
    }],
    keys,
  };
}
