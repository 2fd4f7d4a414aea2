import type { Context } from "hono";
import { fieldsInvalid } from "../configuration/fields_invalid.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** A file may have so many bytes. */
const MOST_BYTES = 10 << 20;

/**
 * The file of a request: its body, or the part `file` of a form.
 * @throws AntiphonError `invalid_request` for a form without one or an empty file,
 * `payload_too_large`
 */
export async function readUpload(c: Context): Promise<Uint8Array<ArrayBuffer>> {
  const file = await readFile(c);
  if (file.length === 0) {
    throw fieldsInvalid([{ path: "file", message: "Send a WAV or MP3 file" }]);
  }
  if (file.length > MOST_BYTES) {
    throw new AntiphonError("payload_too_large", "A file has at most 10 MiB");
  }
  return file;
}

async function readFile(c: Context): Promise<Uint8Array<ArrayBuffer>> {
  const type = c.req.header("content-type") ?? "";
  if (!type.startsWith("multipart/form-data")) return new Uint8Array(await c.req.arrayBuffer());
  let part: unknown;
  try {
    part = (await c.req.parseBody()).file;
  } catch (cause) {
    if (cause instanceof AntiphonError) throw cause;
    throw new AntiphonError("invalid_request", "The form cannot be read", { cause });
  }
  return part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : new Uint8Array();
}
