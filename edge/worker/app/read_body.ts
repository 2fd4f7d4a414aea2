import type { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * Reads a request's body, no more than `limit` bytes of it.
 * @throws AntiphonError `payload_too_large`
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = new AntiphonError("payload_too_large", `Send at most ${limit} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) throw tooLarge;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Reads a JSON body by its schema.
 * @throws AntiphonError `payload_too_large` or `malformed_json`; ZodError
 */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  limit = 65_536,
): Promise<z.output<S>> {
  const bytes = await readBytes(request, limit);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (cause) {
    throw new AntiphonError("malformed_json", "Send a JSON body", { cause });
  }
  return schema.parse(json);
}
