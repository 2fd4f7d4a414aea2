import { z } from "zod";
import { path } from "../../fields/path.ts";

/** Goes round so many times. */
export const LoopActivity = z.strictObject({
  type: z.literal("loop"),
  times: z.number().int().min(1).max(1000),
  /** What is repeated; it leads back here. */
  next: path(),
  onDone: path(),
});
export type LoopActivity = z.infer<typeof LoopActivity>;
