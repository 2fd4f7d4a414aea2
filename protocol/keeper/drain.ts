import { z } from "zod";

/**
 * Body of `POST /internal/drain` of a cell: it finishes what it has decided and takes nothing new
 * for this long, in milliseconds, unless it ends before. Answered once nothing is under way.
 */
export const Drain = z.object({ forMs: z.number().int().min(1).max(60_000) });
export type Drain = z.infer<typeof Drain>;
