import { z } from "zod";

/** Body of a member's `GET /cluster`: what the store has of all members. */
export const PatroniCluster = z.object({
  members: z.array(z.object({
    name: z.string(),
    role: z.string(),
    state: z.string(),
    timeline: z.number().int().nonnegative().nullish(),
    tags: z.record(z.string(), z.unknown()).default({}),
  })).max(100),
});
export type PatroniCluster = z.infer<typeof PatroniCluster>;
