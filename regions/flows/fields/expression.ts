import { z } from "zod";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { marked } from "./marked.ts";

/** A field that holds an expression, such as `queuePosition > 3`. */
export function expression(result: VariableType | "any"): z.ZodString {
  return marked(z.string().min(1).max(4096), { kind: "expression", result });
}
