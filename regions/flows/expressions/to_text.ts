import { DateValue } from "./date_value.ts";
import type { Value } from "./value.ts";

/**
 * How a value prints: nothing as "", a number without the noise of binary fractions (0.3, not
 * 0.30000000000000004), a date as ISO 8601 in UTC, lists and maps as JSON. O(size).
 */
export function toText(value: Value): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean" || value instanceof DateValue) return String(value);
  return JSON.stringify(value);
}

function numberText(value: number): string {
  if (Number.isInteger(value)) return String(Object.is(value, -0) ? 0 : value);
  return String(Number(value.toPrecision(15)));
}
