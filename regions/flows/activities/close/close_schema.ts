import { z } from "zod";
import { template } from "../../fields/template.ts";

/** Closes a conversation. */
export const CloseActivity = z.strictObject({
  type: z.literal("close"),
  /** The last word. */
  text: template().optional(),
});
export type CloseActivity = z.infer<typeof CloseActivity>;
