import type { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { readBody, type WithBody } from "./read_body.ts";

/**
 * Reads a JSON body of at most `limit` bytes and parses it with `schema`.
 * @throws AntiphonError `payload_too_large`, `malformed_json`; ZodError
 */
export async function readJson<T extends z.ZodType>(
  message: WithBody,
  schema: T,
  limit: number,
): Promise<z.infer<T>> {
  const bytes = await readBody(message, limit);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (cause) {
    throw new AntiphonError("malformed_json", "Send a JSON document in UTF-8", { cause });
  }
  return schema.parse(value);
}
