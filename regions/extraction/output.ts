import { z } from "zod";
import { PATH_CHARACTERS } from "./parse_path.ts";

/** Types that variables have. */
export const OutputType = z.enum(["text", "number", "boolean", "date", "json"]);
export type OutputType = z.infer<typeof OutputType>;

/** A value that is taken out of a document. */
export const Output = z.object({
  /** The variable that gets it. */
  variable: z.string().min(1).max(63),
  /** JSONPath (RFC 9535). */
  path: z.string().min(1).max(PATH_CHARACTERS),
  type: OutputType.default("text"),
  /** Without it, a variable for which nothing is found keeps what it has. */
  required: z.boolean().default(true),
  /** It is sealed at once. */
  sensitive: z.boolean().default(false),
});
export type Output = z.infer<typeof Output>;

/** Outputs of one document. */
export const MOST_OUTPUTS = 32;
