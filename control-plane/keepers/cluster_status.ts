import { z } from "zod";
import { ClusterId, Epoch, RegionId } from "../../protocol/ids/names.ts";
import { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";

/** A cluster as operators see it in a list. */
export const ClusterSummary = z.object({
  id: ClusterId,
  homeRegion: RegionId,
  standbyRegion: RegionId.nullable(),
  /** Tenants that live on it. */
  tenants: z.number().int().nonnegative(),
}).meta({ id: "ClusterSummary" });
export type ClusterSummary = z.infer<typeof ClusterSummary>;

/** How a cluster stands, as its sites' keepers tell. */
export const ClusterStatus = z.object({
  id: ClusterId,
  homeRegion: RegionId,
  standbyRegion: RegionId.nullable(),
  /** Where it is active; null when no site that answers may act. */
  active: z.object({ site: RegionId, epoch: Epoch.nullable() }).nullable(),
  /** From the active site; null while none is known. */
  inSync: KeeperStatus.shape.inSync.nullable(),
  replication: KeeperStatus.shape.replication,
  degraded: KeeperStatus.shape.degraded,
  sites: z.array(z.object({
    site: RegionId,
    /** Null: its keeper does not answer. */
    status: KeeperStatus.nullable(),
    problem: z.string().nullable(),
  })),
}).meta({ id: "ClusterStatus" });
export type ClusterStatus = z.infer<typeof ClusterStatus>;

/** What one site's keeper told: how its server stands, or why nothing is known. */
export interface SiteReport {
  site: string;
  status: KeeperStatus | null;
  problem: string | null;
}

/** Puts together what sites told of a cluster. Of two that say they may act, the later term does. */
export function clusterStatus(
  cluster: Pick<ClusterStatus, "id" | "homeRegion" | "standbyRegion">,
  sites: SiteReport[],
): ClusterStatus {
  const [active] = sites.flatMap(({ status }) => status?.lease.held ? [status] : [])
    .sort((a, b) => b.lease.term - a.lease.term);
  return {
    ...{ id: cluster.id, homeRegion: cluster.homeRegion, standbyRegion: cluster.standbyRegion },
    active: active ? { site: active.site, epoch: active.epoch } : null,
    inSync: active?.inSync ?? null,
    replication: active?.replication ?? null,
    degraded: active?.degraded ?? null,
    sites,
  };
}
