import type { Context } from "hono";
import type { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Reads a request's JSON body by a schema.
 * @throws AntiphonError `malformed_json`, or `unavailable` when its body broke off: nothing is wrong
 * with what was to come; ZodError naming the fields that do not fit
 */
export async function readJson<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const text = await c.req.text().catch((cause) => {
    throw new AntiphonError("unavailable", "The body broke off: send it again", { cause });
  });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new AntiphonError("malformed_json", "Send a JSON body", { cause });
  }
  return schema.parse(body);
}
