import type { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";

/** Ids of {@linkcode sampleConfiguration}. */
export const SAMPLE = {
  tenant: "018f0000-0000-7000-8000-000000000001",
  suspended: "018f0000-0000-7000-8000-000000000002",
  other: "018f0000-0000-7000-8000-000000000003",
  carrierTrunk: "018f0000-0000-7000-8000-0000000000a1",
  customerTrunk: "018f0000-0000-7000-8000-0000000000a2",
} as const;

/** A small configuration for tests: two clusters, three tenants, a carrier's and a customer's trunk. */
export function sampleConfiguration(changes: Partial<PopConfiguration> = {}): PopConfiguration {
  const limits = { popId: "FRA", maxCalls: 10, maxCallsPerSecond: 10, destinations: [] };
  const tenant = (id: string, slug: string, clusterId: string) => ({
    id,
    slug,
    name: slug,
    clusterId,
    status: "active" as const,
  });
  return {
    version: "1",
    pop: { id: "FRA", name: "Frankfurt", region: "eu-central" },
    clusters: [
      { id: "E39", homeRegion: "eu-central", standbyRegion: null, urls: ["http://127.0.0.1:9"] },
      { id: "C14", homeRegion: "us-east", standbyRegion: null, urls: ["http://127.0.0.1:9"] },
    ],
    tenants: [
      tenant(SAMPLE.tenant, "acme", "E39"),
      { ...tenant(SAMPLE.suspended, "gone", "E39"), status: "suspended" },
      tenant(SAMPLE.other, "globex", "C14"),
    ],
    numbers: [
      { number: "+4969900100", tenantId: SAMPLE.tenant, clusterId: "E39" },
      { number: "+4969900200", tenantId: SAMPLE.suspended, clusterId: "E39" },
      { number: "+12125550100", tenantId: SAMPLE.other, clusterId: "C14" },
    ],
    trunks: [
      {
        id: SAMPLE.carrierTrunk,
        name: "carrier",
        tenantId: null,
        sources: ["127.0.1.0/24"],
        ...limits,
      },
      {
        id: SAMPLE.customerTrunk,
        name: "customer",
        tenantId: SAMPLE.tenant,
        sources: ["127.0.2.1"],
        ...limits,
      },
    ],
    keys: [],
    ...changes,
  };
}
