import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";

/**
 * A value as someone would write it who leaves out what a schema adds: members that have their
 * defaults are gone, the rest stands in the schema's order, records in that of their keys. Parsing
 * it gives the same value again.
 */
export function withoutDefaults(schema: z.ZodType, value: unknown): unknown {
  const { def } = (schema as z.core.$ZodType as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object": {
      const shape = def.shape as Record<string, z.ZodType>;
      const written = ofObject(shape, value as Record<string, unknown>);
      if (!def.catchall) return written;
      // What a loose object holds beside its schema is somebody else's.
      const others = Object.entries(value as object).filter(([key]) => !Object.hasOwn(shape, key));
      return { ...written, ...Object.fromEntries(others) };
    }
    case "array":
      return (value as unknown[]).map((item) => withoutDefaults(def.element as z.ZodType, item));
    case "record": {
      const entries = Object.entries(value as object).sort(([a], [b]) => a < b ? -1 : 1);
      return Object.fromEntries(
        entries.map(([key, item]) => [key, withoutDefaults(def.valueType as z.ZodType, item)]),
      );
    }
    case "union": {
      const option = (def.options as z.ZodType[]).find((candidate) => {
        const parsed = candidate.safeParse(value);
        return parsed.success && isDeepStrictEqual(parsed.data, value);
      });
      return option ? withoutDefaults(option, value) : value;
    }
    case "default":
    case "prefault":
    case "optional":
      return withoutDefaults(def.innerType as z.ZodType, value);
    default:
      return value;
  }
}

function ofObject(shape: Record<string, z.ZodType>, value: Record<string, unknown>) {
  const written: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shape)) {
    const member = value[key];
    if (member === undefined) continue;
    const usual = schema.safeParse(undefined);
    if (usual.success && isDeepStrictEqual(usual.data, member)) continue;
    written[key] = withoutDefaults(schema, member);
  }
  return written;
}
