import { DateValue } from "./date_value.ts";
import { failed } from "./failed.ts";
import { kindOf, kindWords } from "./kind.ts";
import type { Value } from "./value.ts";

/**
 * Orders two numbers, two texts (by UTF-16 code unit) or two dates: below 0, 0 or above 0. Throws
 * `expression_failed` for anything else.
 */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof DateValue && b instanceof DateValue) return a.at - b.at;
  const [left, right] = [kindWords(kindOf(a)), kindWords(kindOf(b))];
  throw failed(`Nothing says which is less, ${left} or ${right}`, "type_mismatch");
}
