import type { z } from "zod";
import { VariableName } from "../../../protocol/flow/variable_name.ts";
import { marked } from "./marked.ts";

/** A field that names a variable of the flow. */
export function variable(access: "read" | "write"): z.ZodType<string, string> {
  return marked(VariableName, { kind: "variable", access });
}
