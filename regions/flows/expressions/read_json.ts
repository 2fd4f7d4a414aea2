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
    return MAY_OVERFLOW.test(text) ? JSON.parse(text, refuseInfinity) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Only such numbers can be too large, and a reviver is slow. */
const MAY_OVERFLOW = /\d[eE]\+?0*\d{3}|\d{300}/;

function refuseInfinity(_key: string, value: unknown): unknown {
  if (value === Infinity || value === -Infinity) throw new SyntaxError("A number is too large");
  return value;
}

/** Counts brackets outside of strings, so that no walk over the value goes deeper. */
function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === "\\") i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth--;
    if (depth > LIMITS.jsonDepth) {
      throw new AntiphonError("expression_limit", `JSON has at most ${LIMITS.jsonDepth} levels`);
    }
  }
}
