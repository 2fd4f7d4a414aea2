import { z } from "zod";
import { ClusterId, Millis, RegionId } from "../ids/names.ts";

/** What happened to a cluster at a site, kept by its keeper: `GET /v1/clusters/{clusterId}/audit`. */
export const KeeperAudit = z.object({
  at: Millis,
  clusterId: ClusterId,
  site: RegionId,
  event: z.enum([
    "bootstrapped",
    "lease-acquired",
    "lease-lost",
    "promoted",
    "degraded",
    "restored",
    "seeded",
    "rejoined",
    "switch-over",
    "switch-over-refused",
    "forced-promotion",
    "server-restarted",
    "duplicate-keeper",
  ]),
  by: z.string(),
  term: z.number().int().nonnegative(),
  epoch: z.number().int().nullable(),
  facts: z.record(z.string(), z.unknown()),
});
export type KeeperAudit = z.infer<typeof KeeperAudit>;
