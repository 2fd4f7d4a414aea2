import type { KeeperClient } from "../cluster/keeper_client.ts";
import { CLUSTERS } from "../layout/clusters.ts";

const PAUSE_MS = 250;

/** What {@linkcode untilRedundant} works with. */
export interface RedundancyParts {
  keepers: readonly KeeperClient[];
  /** Told of each cluster once. */
  onCluster: (clusterId: string, standby: string) => void;
  /** Ends the wait. */
  signal: AbortSignal;
}

/** Waits until each cluster has a standby for which commits wait. */
export async function untilRedundant(parts: RedundancyParts): Promise<void> {
  await Promise.all(CLUSTERS.map(async ({ id }) => {
    while (!parts.signal.aborted) {
      const answers = await Promise.allSettled(parts.keepers.map((keeper) => keeper.status(id)));
      const inSync = answers.flatMap((it) => it.status === "fulfilled" ? [it.value] : [])
        .find((it) => it.lease.held && it.degraded === null && it.replication?.sync);
      if (inSync) return parts.onCluster(id, inSync.replication!.standby);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }));
}
