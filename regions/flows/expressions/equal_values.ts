import { DateValue } from "./date_value.ts";
import { isList, isMap } from "./kind.ts";
import type { Run } from "./run.ts";
import type { Value } from "./value.ts";

/** Whether two values are the same, lists and maps by what they hold. Counts a step a member. */
export function equalValues(a: Value, b: Value, run: Run): boolean {
  if (typeof a === "string" && typeof b === "string") {
    if (a.length === b.length) run.work(a.length);
    return a === b;
  }
  if (a === b) return true;
  if (a instanceof DateValue || b instanceof DateValue) {
    return a instanceof DateValue && b instanceof DateValue && a.at === b.at;
  }
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((it, i) => (run.step(), equalValues(it, b[i], run)));
  }
  if (isList(a) || isList(b) || a === null || b === null || !isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => {
    run.step();
    return Object.hasOwn(b, key) && equalValues(a[key], b[key], run);
  });
}
