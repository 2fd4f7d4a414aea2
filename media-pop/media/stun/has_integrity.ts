import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether MESSAGE-INTEGRITY at `integrityAt` was made with `password` (RFC 8489 section 14.5,
 * short-term credentials). Constant time in the secret. O(length).
 */
export function hasIntegrity(packet: Uint8Array, integrityAt: number, password: string): boolean {
  if (integrityAt < 20 || integrityAt + 24 > packet.length) return false;
  const head = Uint8Array.of(0, 0, (integrityAt + 4) >> 8, integrityAt + 4);
  head.set(packet.subarray(0, 2));
  const expected = createHmac("sha1", password).update(head)
    .update(packet.subarray(4, integrityAt)).digest();
  return timingSafeEqual(expected, packet.subarray(integrityAt + 4, integrityAt + 24));
}
