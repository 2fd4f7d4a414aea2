import type { RtpHeader } from "./rtp_header.ts";

/**
 * Offset of the data of one-byte header extension `id` (RFC 8285 section 4.2), -1 when absent.
 * The byte before it holds the length minus one in its low four bits. O(extensions).
 */
export function findExtension(packet: Uint8Array, header: RtpHeader, id: number): number {
  if (header.extensionProfile !== 0xbede) return -1;
  let at = header.extensionStart;
  while (at < header.extensionEnd) {
    const found = packet[at] >> 4;
    if (packet[at] === 0) {
      at++;
      continue;
    }
    if (found === 15) return -1;
    const length = (packet[at] & 0x0f) + 1;
    if (at + 1 + length > header.extensionEnd) return -1;
    if (found === id) return at + 1;
    at += 1 + length;
  }
  return -1;
}
