import { z } from "zod";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";
import { variable } from "../../fields/variable.ts";

/** Writes a question and takes the contact's next message as the answer. */
export const AskActivity = z.strictObject({
  type: z.literal("ask"),
  text: template().min(1),
  variable: variable("write"),
  /** Answers that are taken, without regard to case; any other is asked again. */
  choices: z.array(z.string().min(1).max(64)).max(20).optional(),
  retries: z.number().int().min(0).max(5).default(1),
  timeoutSeconds: z.number().min(5).max(30 * 86_400).default(3600),
  next: path(),
  onTimeout: path(),
  /** After the last answer that is no choice, or does not fit the variable's type. */
  onNoMatch: path().optional(),
  onError: path().optional(),
});
export type AskActivity = z.infer<typeof AskActivity>;
