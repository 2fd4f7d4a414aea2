import { isList, isMap } from "./kind.ts";
import type { Value } from "./value.ts";

/**
 * A map's own value of a key, or a list's item by its index (from the end if negative); `null` if
 * there is none. Nothing inherited is ever reached, so no prototype, constructor or method.
 */
export function ownValue(of: Value, key: Value): Value {
  if (isList(of)) {
    const index = typeof key === "string" && /^-?\d{1,9}$/.test(key) ? Number(key) : key;
    return typeof index === "number" && Number.isInteger(index) ? of.at(index) ?? null : null;
  }
  if (!isMap(of) || (typeof key !== "string" && typeof key !== "number")) return null;
  return Object.hasOwn(of, key) ? of[key] : null;
}
