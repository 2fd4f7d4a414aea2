import { isList, isMap } from "./kind.ts";
import type { Value } from "./value.ts";

/** Whether a value is nothing, blank text, or a list or map without anything in it. */
export function isEmpty(value: Value): boolean {
  if (value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  if (isList(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}
