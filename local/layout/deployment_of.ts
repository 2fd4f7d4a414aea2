import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import { Deployment } from "../../protocol/topology/deployment.ts";
import { addressesOf, type Whereabouts } from "./addresses.ts";
import { CLUSTERS, sitesOf } from "./clusters.ts";
import { EDGE_ID } from "./edge_id.ts";
import { POPS } from "./pops.ts";
import { sipListen } from "./sip_listen.ts";

/** What the deployment follows from. */
export interface DeploymentParts extends Whereabouts {
  /** Whether clusters have standbys. */
  standby: boolean;
  extraSip: readonly string[];
}

/** What runs on this machine, as the control plane is told. */
export function deploymentOf(parts: DeploymentParts, keys: readonly ServiceKey[]): Deployment {
  const addresses = addressesOf(parts);
  return Deployment.parse({
    clusters: CLUSTERS.map(({ id, homeRegion, standbyRegion }) => ({
      id,
      homeRegion,
      standbyRegion: parts.standby ? standbyRegion : null,
      urls: sitesOf(id, parts.standby).map((site) => addresses.cell(id, site)),
      keepers: parts.standby
        ? sitesOf(id, true).map((site) => ({ site, url: addresses.keeper(site) }))
        : undefined,
    })),
    pops: POPS.map((pop) => ({
      ...pop,
      url: addresses.pop(pop.id),
      sip: sipListen(parts, pop.id, parts.extraSip),
    })),
    edges: [{ id: EDGE_ID, url: addresses.edge }],
    keys,
  });
}
