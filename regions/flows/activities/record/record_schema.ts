import { z } from "zod";
import { path } from "../../fields/path.ts";

/** Records the call, or changes that. */
export const RecordActivity = z.strictObject({
  type: z.literal("record"),
  action: z.enum(["start", "pause", "resume", "stop"]),
  next: path(),
  onError: path().optional(),
});
export type RecordActivity = z.infer<typeof RecordActivity>;
