import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * Reads a stream whole.
 * @throws AntiphonError `payload_too_large` beyond `most` bytes; the stream is then cancelled
 */
export async function readAtMost(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    parts.push(part);
    length += part.length;
    if (length > most) throw new AntiphonError("payload_too_large", `More than ${most} bytes came`);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
