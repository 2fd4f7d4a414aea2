import type { ClusterPicture } from "../process/cluster_keeper.ts";
import type { PeerState } from "../process/peer_state.ts";

/** What the keeper of the other data site is told. */
export function peerState({ server, cell, lease, seeding }: ClusterPicture): PeerState {
  return {
    healthy: server?.accepting === true && !lease.duplicate,
    cellHealthy: cell?.healthy === true,
    seeding: seeding !== null,
  };
}
