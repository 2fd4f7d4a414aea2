import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { LIMITS } from "./limits.ts";
import type { Value } from "./value.ts";

/**
 * Reads JSON (RFC 8259) within the limits of size and depth; `undefined` if the text is none.
 * Throws `expression_limit`. O(length).
 */
export function readJson(text: string): Value | undefined {
  if (text.length > LIMITS.textLength) {
    throw new AntiphonError("expression_limit", `JSON has at most ${LIMITS.textLength} characters`);
  }
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Counts brackets outside of strings, so that no walk over the value goes deeper. */
function checkDepth(text: string): void {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[^])*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    if (depth > LIMITS.jsonDepth) {
      throw new AntiphonError("expression_limit", `JSON has at most ${LIMITS.jsonDepth} levels`);
    }
  }
}
