import type { z } from "zod";
import { VariableName } from "../../../protocol/flow/variable_name.ts";
import { marked } from "./marked.ts";

/**
 * A field that names a variable of the flow: one that is read; one that is written in clear, which
 * a sensitive one is not; or one that the activity writes sealed if it is sensitive.
 */
export function variable(access: "read" | "write" | "seal"): z.ZodType<string, string> {
  return marked(VariableName, { kind: "variable", access });
}
