import type { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";

/** Ids of the sample. */
export const SAMPLE = {
  tenantId: "0198c5a0-0000-7000-8000-000000000001",
  otherTenantId: "0198c5a0-0000-7000-8000-000000000002",
  assetId: "0198c5a0-0000-7000-8000-00000000000a",
  appSecret: "app-secret",
  verifyToken: "verify-me",
} as const;

/** A configuration of two clusters, two tenants, two PoPs and one asset. */
export function sampleConfiguration(change: Partial<EdgeConfiguration> = {}): EdgeConfiguration {
  return {
    version: "v1",
    edgeId: "local",
    clusters: [
      {
        id: "E39",
        homeRegion: "eu-central",
        standbyRegion: "us-east",
        urls: ["http://e39-home.test", "http://e39-standby.test"],
      },
      { id: "C14", homeRegion: "us-east", standbyRegion: null, urls: ["http://c14.test"] },
    ],
    tenants: [
      {
        id: SAMPLE.tenantId,
        slug: "acme",
        name: "Acme Travel",
        clusterId: "E39",
        status: "active",
      },
      {
        id: SAMPLE.otherTenantId,
        slug: "globex",
        name: "Globex",
        clusterId: "C14",
        status: "active",
      },
    ],
    pops: [
      { id: "FRA", name: "Frankfurt", region: "eu-central", url: "http://fra.test", sip: [] },
      { id: "NYC", name: "New York", region: "us-east", url: "https://nyc.test:8443", sip: [] },
    ],
    assets: [{
      id: SAMPLE.assetId,
      tenantId: SAMPLE.tenantId,
      clusterId: "E39",
      channel: "whatsapp",
      phoneNumberId: "1055",
      verifyToken: SAMPLE.verifyToken,
      appSecret: SAMPLE.appSecret,
    }],
    keys: [],
    ...change,
  };
}
