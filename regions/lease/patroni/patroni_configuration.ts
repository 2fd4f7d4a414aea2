import { z } from "zod";

/** What of a member's `GET /config` says how long a lease is, in seconds; Patroni's own defaults. */
export const PatroniConfiguration = z.object({
  ttl: z.number().positive().default(30),
  loop_wait: z.number().positive().default(10),
  synchronous_mode: z.unknown().optional().transform((mode) => mode === true || mode === "quorum"),
});
export type PatroniConfiguration = z.infer<typeof PatroniConfiguration>;
