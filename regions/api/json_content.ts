import type { z } from "zod";

/** An `application/json` answer or body of this schema, for a route's OpenAPI document. */
export function jsonContent<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}
