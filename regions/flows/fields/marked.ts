import type { z } from "zod";
import type { Marker } from "./marker.ts";

/** Name under which the marker stands in a schema's metadata and in the published JSON Schema. */
export const MARKER = "x-antiphon";

/** Marks a schema, so that checks and editors find such fields in any activity. */
export function marked<S extends z.ZodType>(schema: S, marker: Marker): S {
  return schema.meta({ ...schema.meta(), [MARKER]: marker });
}
