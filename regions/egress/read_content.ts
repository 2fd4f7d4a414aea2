import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

type Decode = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

/** Content codings (RFC 9110 section 8.4.1) that are understood. */
const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(zlib.gunzip) as Decode,
  "x-gzip": promisify(zlib.gunzip) as Decode,
  deflate: promisify(zlib.inflate) as Decode,
  br: promisify(zlib.brotliDecompress) as Decode,
};

/** What an `accept-encoding` header says of them. */
export const ACCEPTED_ENCODINGS = "gzip, deflate, br";

/**
 * Reads a body and undoes its content coding. Neither what comes over the wire nor what is made of
 * it may be longer than `most` bytes.
 * @throws AntiphonError `answer_too_large`, `answer_unreadable`
 */
export async function readContent(
  chunks: AsyncIterable<Uint8Array>,
  coding: string | undefined,
  most: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > most) throw answerTooLarge(most);
    parts.push(chunk);
  }
  const bytes = Buffer.concat(parts);
  const name = coding?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity" || length === 0) return bytes;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decode) {
    throw new AntiphonError("answer_unreadable", `Answer with ${ACCEPTED_ENCODINGS} or plainly`);
  }
  try {
    return await decode(bytes, { maxOutputLength: most });
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE") throw answerTooLarge(most);
    throw new AntiphonError("answer_unreadable", "The answer is not compressed as it says", {
      cause,
    });
  }
}

/** The refusal of an answer longer than `most` bytes. */
export function answerTooLarge(most: number): AntiphonError {
  return new AntiphonError("answer_too_large", `Answer with ${most} bytes at most`);
}
