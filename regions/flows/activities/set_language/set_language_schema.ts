import { z } from "zod";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";

/** Chooses the language that the flow speaks from here on. */
export const SetLanguageActivity = z.strictObject({
  type: z.literal("set-language"),
  /** BCP 47, such as `de-DE`; may be a template. */
  language: template(64).min(2),
  next: path(),
  onError: path().optional(),
});
export type SetLanguageActivity = z.infer<typeof SetLanguageActivity>;
