import { z } from "zod";
import { MARKER } from "./marked.ts";
import type { Marker } from "./marker.ts";

/** A marked field that is set. */
export interface Field {
  /** Such as `cases.0.next`. */
  path: string;
  value: string;
  marker: Marker;
}

/**
 * The marked fields of a value that fits a schema, in the order of the schema. O(size of value).
 *
 * @param schema Made of objects, arrays, records, unions, and what may be left out.
 */
export function fieldsOf(schema: z.ZodType, value: unknown): Field[] {
  const found: Field[] = [];
  walk(schema, value, "", found);
  return found;
}

function walk(schema: z.ZodType, value: unknown, path: string, found: Field[]): void {
  if (value === undefined || value === null) return;
  const marker = schema.meta()?.[MARKER] as Marker | undefined;
  if (marker && typeof value === "string") {
    found.push({ path, value, marker });
    return;
  }
  const at = (key: string | number) => path === "" ? String(key) : `${path}.${key}`;
  if (schema instanceof z.ZodObject) {
    for (const [key, member] of Object.entries(schema.shape)) {
      walk(member as z.ZodType, (value as Record<string, unknown>)[key], at(key), found);
    }
  } else if (schema instanceof z.ZodArray) {
    (value as unknown[]).forEach((item, i) =>
      walk(schema.element as z.ZodType, item, at(i), found)
    );
  } else if (schema instanceof z.ZodRecord) {
    for (const [key, item] of Object.entries(value)) {
      walk(schema.valueType as z.ZodType, item, at(key), found);
    }
  } else if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((it) => (it as z.ZodType).safeParse(value).success);
    if (option) walk(option as z.ZodType, value, path, found);
  } else if (
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
  ) {
    walk(schema.unwrap() as z.ZodType, value, path, found);
  }
}
