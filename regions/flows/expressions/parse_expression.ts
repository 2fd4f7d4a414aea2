import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { ExpressionParser } from "./expression_parser.ts";
import { LIMITS } from "./limits.ts";
import { lowerExpression } from "./lower_expression.ts";
import type { Node } from "./node.ts";
import { syntaxError } from "./syntax_error.ts";

/**
 * Parses the expression that stands in `source` from `start` to `end`. Throws `expression_syntax`
 * with line and column, `expression_limit` for a source over 4096 characters. O(length).
 */
export function parseExpression(source: string, start = 0, end = source.length): Node {
  if (source.length > LIMITS.sourceLength) throw tooLong();
  try {
    return lowerExpression(new ExpressionParser(source.slice(start, end)).parse(), start);
  } catch (error) {
    if (!(error instanceof Error) || !("index" in error)) throw error;
    const said = "description" in error ? String(error.description) : error.message;
    throw syntaxError(said.slice(0, 120), source, start + Number(error.index));
  }
}

/** The error of a source over the limit. */
export function tooLong(): AntiphonError {
  return new AntiphonError("expression_limit", `At most ${LIMITS.sourceLength} characters`, {
    data: { reason: "too_long" },
  });
}
