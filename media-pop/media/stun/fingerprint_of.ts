import { crc32 } from "node:zlib";

/** The value of FINGERPRINT over the bytes before it (RFC 8489 section 14.7). */
export function fingerprintOf(bytes: Uint8Array): number {
  return (crc32(bytes) ^ 0x5354554e) >>> 0;
}
