import { z } from "zod";
import { expression } from "../../fields/expression.ts";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";
import { variable } from "../../fields/variable.ts";

/** Gives a variable a value: a text with expressions in it, or the value of one expression. */
export const SetActivity = z.strictObject({
  type: z.literal("set"),
  variable: variable("write"),
  value: template().optional(),
  expression: expression("any").optional(),
  next: path(),
  onError: path().optional(),
}).refine(
  (it) => (it.value === undefined) !== (it.expression === undefined),
  { path: ["value"], message: "Give either value or expression" },
);
export type SetActivity = z.infer<typeof SetActivity>;
