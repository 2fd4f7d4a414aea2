import { z } from "zod";
import { PromptName } from "../../../../protocol/flow/flow_document.ts";
import { path } from "../../fields/path.ts";
import { variable } from "../../fields/variable.ts";

/** Takes digits from the caller. */
export const CollectActivity = z.strictObject({
  type: z.literal("collect"),
  /** Played while digits are awaited; the first digit stops it. */
  prompt: PromptName.optional(),
  variable: variable("write"),
  maxDigits: z.number().int().min(1).max(32),
  firstDigitSeconds: z.number().min(1).max(60).default(8),
  interDigitSeconds: z.number().min(1).max(30).default(3),
  terminator: z.enum(["#", "*"]).optional(),
  next: path(),
  onTimeout: path(),
  onError: path().optional(),
});
export type CollectActivity = z.infer<typeof CollectActivity>;
