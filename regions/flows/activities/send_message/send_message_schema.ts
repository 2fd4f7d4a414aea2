import { z } from "zod";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";

/** Writes to the contact. */
export const SendMessageActivity = z.strictObject({
  type: z.literal("send-message"),
  text: template().min(1),
  next: path().optional(),
  onError: path().optional(),
});
export type SendMessageActivity = z.infer<typeof SendMessageActivity>;
