import { z } from "zod";
import { Slug } from "../../../../protocol/ids/names.ts";
import { path } from "../../fields/path.ts";

/** Raises an event for the flow's own handlers. */
export const EmitEventActivity = z.strictObject({
  type: z.literal("emit-event"),
  name: Slug,
  next: path().optional(),
});
export type EmitEventActivity = z.infer<typeof EmitEventActivity>;
