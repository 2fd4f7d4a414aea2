import { StunWriter } from "./stun_writer.ts";

const REASONS = {
  400: "Bad Request",
  401: "Unauthenticated",
  420: "Unknown Attribute",
  487: "Role Conflict",
};

/**
 * A Binding error response (RFC 8489 section 14.8). 400 and 401 carry no integrity, as the peer
 * proved no password (section 9.1.3); the others do. 420 lists what was not understood.
 */
export function bindingError(
  transactionId: Uint8Array,
  code: keyof typeof REASONS,
  password: string,
  unknown: number[] = [],
): Uint8Array {
  const reason = new TextEncoder().encode(REASONS[code]);
  const writer = new StunWriter(0x0111, transactionId)
    .attribute(0x0009, Uint8Array.of(0, 0, Math.floor(code / 100), code % 100, ...reason));
  if (code === 420) {
    const list = unknown.slice(0, 16).flatMap((type) => [type >> 8, type & 0xff]);
    writer.attribute(0x000a, Uint8Array.from(list));
  }
  if (code === 420 || code === 487) writer.integrity(password);
  return writer.finish();
}
