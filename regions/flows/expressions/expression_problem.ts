import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { placeOf } from "./syntax_error.ts";

/** What is wrong with a template or expression before it has ever run. */
export interface ExpressionProblem {
  readonly code:
    | "expression_syntax"
    | "variable_unknown"
    | "variable_sealed"
    | "type_mismatch"
    | "filter_unknown"
    | "function_unknown"
    | "too_long";
  readonly message: string;
  /** Line and column in the source, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A problem at an offset of a source. */
export function problemAt(
  source: string,
  offset: number,
  code: ExpressionProblem["code"],
  message: string,
): ExpressionProblem {
  return { code, message, ...placeOf(source, offset) };
}

/** What parsing threw, as a problem. Anything else is thrown again. */
export function problemOf(error: unknown): ExpressionProblem {
  if (!(error instanceof AntiphonError)) throw error;
  if (error.code === "expression_limit") return { code: "too_long", message: error.message };
  if (error.code !== "expression_syntax") throw error;
  const { line, column } = error.data as { line: number; column: number };
  return { code: "expression_syntax", message: error.message, line, column };
}
