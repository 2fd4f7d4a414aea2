import { z } from "zod";
import { path } from "../../fields/path.ts";

/** Lets time pass. */
export const WaitActivity = z.strictObject({
  type: z.literal("wait"),
  seconds: z.number().min(0.1).max(30 * 86_400),
  next: path(),
});
export type WaitActivity = z.infer<typeof WaitActivity>;
