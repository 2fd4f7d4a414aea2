import type { z } from "zod";
import { VariableName } from "../../../protocol/flow/variable_name.ts";
import { marked } from "./marked.ts";

/** A variable's name where a document has it: a string, told apart by flows written as code. */
export type VariableInput = string & { readonly __field?: "variable" };

/**
 * A field that names a variable of the flow: one that is read; one that is written in clear, which
 * a sensitive one is not; or one that the activity writes sealed if it is sensitive.
 */
export function variable(access: "read" | "write" | "seal"): z.ZodType<string, VariableInput> {
  return marked(VariableName, { kind: "variable", access });
}
