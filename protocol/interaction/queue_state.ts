import { z } from "zod";
import { Millis, Slug } from "../ids/names.ts";

/** A queue as it stands now. */
export const QueueState = z.object({
  id: Slug,
  name: z.string(),
  waiting: z.number().int().nonnegative(),
  /** Since when the one served next has waited; null when nobody waits. */
  longestSince: Millis.nullable(),
});
export type QueueState = z.infer<typeof QueueState>;
