import { z } from "zod";
import { ClusterId, Epoch, Millis, RegionId } from "../ids/names.ts";

/** How a cluster's standby stands to its primary, as the primary sees it. */
export const ReplicationStatus = z.object({
  standby: RegionId,
  state: z.enum(["away", "seeding", "catching-up", "streaming"]),
  /** Whether commits wait for it. */
  sync: z.boolean(),
  /** WAL that it has not applied, in bytes; null while it is away. */
  lagBytes: z.number().nonnegative().nullable(),
  /** How long it takes to apply what is written, in milliseconds; null while it is away. */
  lagMs: z.number().nonnegative().nullable(),
});
export type ReplicationStatus = z.infer<typeof ReplicationStatus>;

/**
 * How one site's server of a cluster stands: answer of `GET /v1/clusters/{clusterId}` of a keeper.
 */
export const KeeperStatus = z.object({
  clusterId: ClusterId,
  site: RegionId,
  role: z.enum(["primary", "standby", "seeding", "starting", "stopped", "failed"]),
  lease: z.object({
    /** As in a lease answer. */
    held: z.boolean(),
    validMs: z.number().nonnegative(),
    /** Grows with every new holder. */
    term: z.number().int().nonnegative(),
    holder: RegionId.nullable(),
  }),
  /** The server's timeline; null while it does not run. */
  epoch: Epoch.nullable(),
  /** Last WAL position written or received, "0/3000060". */
  position: z.string().nullable(),
  /** Sites that have all that was ever acknowledged to tenants of class `region`. */
  inSync: z.array(RegionId),
  /** Null at a standby, and where there is none. */
  replication: ReplicationStatus.nullable(),
  /** Set while commits do not wait for the standby: a region lost now would lose the newest work. */
  degraded: z.object({ since: Millis, reason: z.string() }).nullable(),
  disk: z.object({ freeBytes: z.number().nonnegative() }).nullable(),
  /** What is wrong, in one sentence; null when nothing is. */
  problem: z.string().nullable(),
});
export type KeeperStatus = z.infer<typeof KeeperStatus>;
