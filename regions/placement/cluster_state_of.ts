import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import type { ClusterState } from "../../protocol/topology/cluster_state.ts";
import type { Durability } from "../../protocol/topology/durability.ts";

/** What is known of a cluster. */
export interface ClusterFacts {
  clusterId: string;
  epoch: number;
  /** Where this process runs; null when that was not said. */
  site: string | null;
  /** As the control plane says; null while it has not. */
  regions: { home: string; standby: string | null } | null;
  durability: Durability;
  /** As this site's keeper says; null while it does not. */
  status: KeeperStatus | null;
}

/**
 * How a cluster stands.
 * @throws AntiphonError `unavailable` while the control plane has not said what it is made of
 */
export function clusterStateOf(facts: ClusterFacts): ClusterState {
  const { clusterId, epoch, site, regions, durability, status } = facts;
  if (!regions) throw new AntiphonError("unavailable", "The cluster is not known here yet");
  const replication = status?.replication;
  return {
    ...{ clusterId, epoch, durability },
    homeRegion: regions.home,
    standbyRegion: regions.standby,
    activeSite: site ?? regions.home,
    replication: regions.standby === null ? null : {
      state: replication?.state ?? "unknown",
      sync: replication?.sync ?? null,
      lagMs: replication?.lagMs ?? null,
      degradedSince: status?.degraded?.since ?? null,
    },
  };
}
