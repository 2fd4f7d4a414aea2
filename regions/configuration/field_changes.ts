import { isDeepStrictEqual } from "node:util";
import type { FieldChange } from "../../protocol/configuration/configuration_plan.ts";

/**
 * The fields in which two JSON values differ, each with its path. Objects are compared member by
 * member, lists of one length element by element, all else as a whole.
 */
export function fieldChanges(before: unknown, after: unknown, path = ""): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const below = (key: string) => path === "" ? key : `${path}.${key}`;
  if (isObject(after) && (isObject(before) || (before === undefined && path === ""))) {
    const old = before ?? {};
    const keys = new Set([...Object.keys(old), ...Object.keys(after)]);
    return [...keys].flatMap((key) => fieldChanges(old[key], after[key], below(key)));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((item, i) => fieldChanges(before[i], item, below(String(i))));
  }
  return [{
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
