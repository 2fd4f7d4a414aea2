import { z } from "zod";
import { Millis, Slug } from "../ids/names.ts";

/** A queue as it stands now. */
export const QueueState = z.object({
  id: Slug,
  name: z.string(),
  waiting: z.number().int().nonnegative(),
  /** Since when the one served next has waited; null when nobody waits. */
  longestSince: Millis.nullable(),
  /** Agents of the queue's teams with a desktop open. */
  agentsSignedIn: z.number().int().nonnegative(),
  /** Those of them who could be offered a contact now. */
  agentsAvailable: z.number().int().nonnegative(),
  /** What one more contact has to wait, in milliseconds; null while it is unknown. */
  estimatedWait: z.number().int().nonnegative().nullable(),
  /** By how much estimates were wrong lately (mean of |actual − estimated|, milliseconds). */
  estimateError: z.number().int().nonnegative().nullable(),
  /** Above 0: contacts waited longer than they were told (mean of actual − estimated). */
  estimateBias: z.number().int().nullable(),
});
export type QueueState = z.infer<typeof QueueState>;
