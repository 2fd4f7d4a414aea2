import { z } from "zod";
import { ClusterId, Epoch, Millis, RegionId } from "../ids/names.ts";
import { Durability } from "./durability.ts";

/** How a tenant's cluster stands: answer of `GET /v1/cluster`. */
export const ClusterState = z.object({
  clusterId: ClusterId,
  homeRegion: RegionId,
  standbyRegion: RegionId.nullable(),
  /** Where it is active now. */
  activeSite: RegionId,
  /** Grows whenever the cluster moves. */
  epoch: Epoch,
  /** What the tenant's acknowledged work outlives. */
  durability: Durability,
  /** How the standby region follows; null where there is none. */
  replication: z.object({
    /** `unknown` while whoever keeps the servers does not answer. */
    state: z.enum(["away", "seeding", "catching-up", "streaming", "unknown"]),
    /** Whether commits of tenants of class `region` wait for it. */
    sync: z.boolean().nullable(),
    /** How long it takes to apply what is written, in milliseconds. */
    lagMs: z.number().nonnegative().nullable(),
    /** Since when a region that is lost would take the newest work with it; null while it would not. */
    degradedSince: Millis.nullable(),
  }).nullable(),
});
export type ClusterState = z.infer<typeof ClusterState>;
