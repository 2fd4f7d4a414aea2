/** A whole handshake message, put together from its fragments (RFC 6347 section 4.2.2). */
export interface HandshakeMessage {
  type: number;
  /** `message_seq`. */
  sequence: number;
  body: Uint8Array;
}
