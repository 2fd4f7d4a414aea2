import { z } from "zod";
import { DisplayName } from "../ids/names.ts";
import { VariableMarks } from "./variable_marks.ts";

/** A variable that every interaction of the tenant begins with. */
export const GlobalVariable = VariableMarks.extend({
  /** Its name in flows. */
  id: z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/, "a letter, then letters and digits"),
  name: DisplayName,
  kind: z.enum(["text", "number", "boolean"]).default("text"),
  /** Write-only where it is sensitive: then it is sealed, and kept when left empty. */
  value: z.string().max(4096).default(""),
});
export type GlobalVariable = z.infer<typeof GlobalVariable>;
