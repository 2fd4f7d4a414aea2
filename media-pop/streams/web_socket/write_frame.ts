/** Kinds of frames we send (RFC 6455 section 5.2). */
export const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Bytes of a frame's head at most, mask included. */
export const LARGEST_HEAD = 14;

/** Bytes that the head of a masked frame of so much payload takes. */
export function headLength(size: number): number {
  return size < 126 ? 6 : size < 65536 ? 8 : 14;
}

/**
 * Heads and masks the payload that stands at `start + headLength(size)` (RFC 6455 section 5.3).
 * Works in place and allocates nothing. Returns the end of the frame.
 */
export function writeFrame(
  out: Uint8Array,
  start: number,
  opcode: (typeof OPCODE)[keyof typeof OPCODE],
  size: number,
  mask: number,
): number {
  let at = start;
  out[at++] = 0x80 | opcode;
  if (size < 126) out[at++] = 0x80 | size;
  else if (size < 65536) {
    out[at++] = 0x80 | 126;
    out[at++] = size >> 8;
    out[at++] = size & 0xff;
  } else {
    out[at++] = 0x80 | 127;
    for (let shift = 56; shift >= 32; shift -= 8) out[at++] = 0;
    for (let shift = 24; shift >= 0; shift -= 8) out[at++] = (size >>> shift) & 0xff;
  }
  for (let shift = 24; shift >= 0; shift -= 8) out[at++] = (mask >>> shift) & 0xff;
  const [a, b, c, d] = [mask >>> 24, (mask >>> 16) & 0xff, (mask >>> 8) & 0xff, mask & 0xff];
  const end = at + size;
  let i = at;
  for (; i + 3 < end; i += 4) {
    out[i] ^= a;
    out[i + 1] ^= b;
    out[i + 2] ^= c;
    out[i + 3] ^= d;
  }
  if (i < end) out[i] ^= a;
  if (i + 1 < end) out[i + 1] ^= b;
  if (i + 2 < end) out[i + 2] ^= c;
  return end;
}
