import type { Context } from "hono";
import type { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Reads a request's JSON body by a schema.
 * @throws AntiphonError `malformed_json`; ZodError naming the fields that do not fit
 */
export async function readJson<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch (cause) {
    throw new AntiphonError("malformed_json", "Send a JSON body", { cause });
  }
  return schema.parse(body);
}
