import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/** A message with a body: a request, or a response of another service. */
export type WithBody = Pick<Request | Response, "headers" | "body">;

/**
 * Reads a body of at most `limit` bytes, and stops reading once it is larger.
 * @throws AntiphonError `payload_too_large`
 */
export async function readBody(message: WithBody, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new AntiphonError("payload_too_large", `Send at most ${limit} bytes`, { data: { limit } });
  if (Number(message.headers.get("content-length") ?? 0) > limit) {
    await message.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = (message.body as ReadableStream<Uint8Array> | null)?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
