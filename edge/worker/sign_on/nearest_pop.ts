import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";

/**
 * WebSocket address of the softphone signalling that an agent is to use: a PoP in the home region
 * of their tenant's cluster, else any.
 * @throws AntiphonError `media_unavailable` when there is no PoP at all
 */
export function nearestPop(configuration: EdgeConfiguration, clusterId: string): string {
  const home = configuration.clusters.find((cluster) => cluster.id === clusterId)?.homeRegion;
  const pop = configuration.pops.find((candidate) => candidate.region === home) ??
    configuration.pops[0];
  if (!pop) throw new AntiphonError("media_unavailable", "No voice PoP is deployed yet");
  const url = new URL("/softphone", pop.url);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
