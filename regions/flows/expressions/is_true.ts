import { isEmpty } from "./is_empty.ts";
import type { Value } from "./value.ts";

/**
 * Whether a condition holds: `true`; a number but 0; text but "", "false" and "0"; any date; a list
 * or map with something in it. Nothing is false.
 */
export function isTrue(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "string") return !["", "0", "false"].includes(value.trim().toLowerCase());
  return !isEmpty(value);
}
