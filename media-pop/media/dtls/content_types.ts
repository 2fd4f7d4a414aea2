/** Record content types (RFC 5246 section 6.2.1). */
export const CONTENT = { change_cipher_spec: 20, alert: 21, handshake: 22, data: 23 } as const;
