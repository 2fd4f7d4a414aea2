import type { KeeperStatus } from "../../../protocol/keeper/keeper_status.ts";
import { tellStatus } from "../decisions/tell_status.ts";
import type { ClusterPicture } from "../process/cluster_keeper.ts";

/** What a keeper tells of a cluster; that its standby is being copied, the other keeper knows. */
export function clusterStatus(picture: ClusterPicture, now: number): KeeperStatus {
  const { state, lease, server, peer } = picture;
  const status = tellStatus(state, lease, server, now);
  const { replication } = status;
  if (!replication || replication.state === "streaming" || !peer?.seeding) return status;
  return { ...status, replication: { ...replication, state: "seeding" } };
}
