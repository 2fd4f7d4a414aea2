import { z } from "zod";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";

/** Sends a message template that the provider has approved. */
export const SendTemplateActivity = z.strictObject({
  type: z.literal("send-template"),
  /** As the provider knows it. */
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  /** The provider's language code, such as `en_GB`. */
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  /** What fills the body's places, in order. */
  parameters: z.array(template(1024)).max(20).default([]),
  next: path().optional(),
  onError: path().optional(),
});
export type SendTemplateActivity = z.infer<typeof SendTemplateActivity>;
