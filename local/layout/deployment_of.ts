import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import { Deployment } from "../../protocol/topology/deployment.ts";
import type { PortPlan } from "./port_plan.ts";
import { CLUSTERS } from "./clusters.ts";
import { EDGE_ID } from "./edge_id.ts";
import { HOST } from "./host.ts";
import { POPS } from "./pops.ts";
import { sipListen } from "./sip_listen.ts";

/** What runs on this machine, as the control plane is told. */
export function deploymentOf(
  ports: PortPlan,
  keys: readonly ServiceKey[],
  extraSip: readonly string[],
): Deployment {
  return Deployment.parse({
    clusters: CLUSTERS.map((cluster) => ({
      ...cluster,
      urls: [`http://${HOST}:${ports.cells[cluster.id]}`],
    })),
    pops: POPS.map((pop) => ({
      ...pop,
      url: `http://${HOST}:${ports.pops[pop.id].http}`,
      sip: sipListen(ports, pop.id, extraSip),
    })),
    edges: [{ id: EDGE_ID, url: `http://${HOST}:${ports.edge}` }],
    keys,
  });
}
