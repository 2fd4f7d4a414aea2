import { ByteWriter } from "./byte_writer.ts";
import type { HandshakeMessage } from "./handshake_message.ts";

/** A handshake message with its header, as one fragment: what is sent and what is hashed. */
export function frameHandshake({ type, sequence, body }: HandshakeMessage): Uint8Array {
  return new ByteWriter().number(1, type).number(3, body.length).number(2, sequence).number(3, 0)
    .vector(3, body).finish();
}
