import { z } from "zod";
import { path } from "../../fields/path.ts";
import { variable } from "../../fields/variable.ts";
import { SPOKEN, SpokenItems } from "../../spoken/spoken_item.ts";

/** Offers choices by digit, again when none or another digit is typed. */
export const MenuActivity = z.strictObject({
  type: z.literal("menu"),
  ...SPOKEN,
  interruptible: z.boolean().default(true),
  choices: z.array(z.strictObject({
    /** What is typed: one digit or a few. */
    digits: z.string().regex(/^[0-9*#]{1,4}$/, "one to four of 0-9, * and #"),
    next: path(),
  })).min(1).max(20),
  timeoutSeconds: z.number().min(1).max(60).default(8),
  interDigitSeconds: z.number().min(1).max(30).default(3),
  /** How often it is asked again. */
  retries: z.number().int().min(0).max(5).default(1),
  /** What is said before the question when nothing was typed; the question alone if left out. */
  noInputItems: SpokenItems.optional(),
  noMatchItems: SpokenItems.optional(),
  /** A variable that gets what was typed. */
  variable: variable("write").optional(),
  onNoInput: path(),
  onNoMatch: path(),
  onError: path().optional(),
}).refine(
  ({ prompt, items }) => (prompt === undefined) !== (items === undefined),
  "give `prompt` or `items`",
).refine(
  ({ choices }) => new Set(choices.map(({ digits }) => digits)).size === choices.length,
  { message: "two choices have the same digits", path: ["choices"] },
);
export type MenuActivity = z.infer<typeof MenuActivity>;
