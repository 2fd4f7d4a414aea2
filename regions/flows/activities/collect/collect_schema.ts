import { z } from "zod";
import { path } from "../../fields/path.ts";
import { variable } from "../../fields/variable.ts";
import { SPOKEN } from "../../spoken/spoken_item.ts";

/** Takes digits from the caller. */
export const CollectActivity = z.strictObject({
  type: z.literal("collect"),
  /** What is played first; nothing waits in silence. */
  ...SPOKEN,
  /** Whether the first digit stops it; if not, digits count only when all was heard. */
  interruptible: z.boolean().default(true),
  variable: variable("seal"),
  maxDigits: z.number().int().min(1).max(32),
  firstDigitSeconds: z.number().min(1).max(60).default(8),
  interDigitSeconds: z.number().min(1).max(30).default(3),
  terminator: z.enum(["#", "*"]).optional(),
  next: path(),
  onTimeout: path(),
  onError: path().optional(),
}).refine(
  ({ prompt, items }) => prompt === undefined || items === undefined,
  "give `prompt` or `items`, not both",
);
export type CollectActivity = z.infer<typeof CollectActivity>;
