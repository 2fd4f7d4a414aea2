const W = new Int32Array(80);
const START = Int32Array.from([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
const STATE = new Int32Array(5);
const TAIL = new Uint8Array(128);

/**
 * HMAC-SHA1 (RFC 2104) with both key pads hashed once, in place and without allocation. Packets of
 * one process are digested one after the other, so the working arrays are shared.
 */
export class HmacSha1 {
  /** The last digest, 20 bytes, overwritten by the next. */
  readonly digest = new Uint8Array(20);
  readonly #inner = START.slice();
  readonly #outer = START.slice();

  /** `key` is at most 64 bytes. */
  constructor(key: Uint8Array) {
    const pad = new Uint8Array(64);
    for (const [state, byte] of [[this.#inner, 0x36], [this.#outer, 0x5c]] as const) {
      pad.fill(byte);
      for (let i = 0; i < key.length; i++) pad[i] ^= key[i];
      compress(state, pad, 0);
    }
  }

  /** Digests `bytes[0..length)` into {@linkcode digest}. O(length). */
  update(bytes: Uint8Array, length: number): void {
    STATE.set(this.#inner);
    let at = 0;
    for (; at + 64 <= length; at += 64) compress(STATE, bytes, at);
    const rest = length - at;
    TAIL.fill(0);
    for (let i = 0; i < rest; i++) TAIL[i] = bytes[at + i];
    finish(STATE, rest, 64 + length);
    TAIL.fill(0);
    for (let i = 0; i < 5; i++) putWord(TAIL, i * 4, STATE[i]);
    STATE.set(this.#outer);
    finish(STATE, 20, 64 + 20);
    for (let i = 0; i < 5; i++) putWord(this.digest, i * 4, STATE[i]);
  }
}

function finish(state: Int32Array, rest: number, total: number): void {
  TAIL[rest] = 0x80;
  const size = rest < 56 ? 64 : 128;
  putWord(TAIL, size - 4, total * 8);
  compress(state, TAIL, 0);
  if (size === 128) compress(state, TAIL, 64);
}

function putWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

/** One block of SHA-1 (FIPS 180-4 section 6.1.2). */
function compress(h: Int32Array, bytes: Uint8Array, offset: number): void {
  for (let i = 0, at = offset; i < 16; i++, at += 4) {
    W[i] = bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
  }
  for (let i = 16; i < 80; i++) {
    const x = W[i - 3] ^ W[i - 8] ^ W[i - 14] ^ W[i - 16];
    W[i] = x << 1 | x >>> 31;
  }
  let a = h[0];
  let b = h[1];
  let c = h[2];
  let d = h[3];
  let e = h[4];
  for (let i = 0; i < 80; i++) {
    let f = 0;
    if (i < 20) f = (d ^ (b & (c ^ d))) + 0x5a827999;
    else if (i < 40) f = (b ^ c ^ d) + 0x6ed9eba1;
    else if (i < 60) f = ((b & c) | (d & (b | c))) - 0x70e44324;
    else f = (b ^ c ^ d) - 0x359d3e2a;
    const t = (a << 5 | a >>> 27) + f + e + W[i] | 0;
    e = d;
    d = c;
    c = b << 30 | b >>> 2;
    b = a;
    a = t;
  }
  h[0] = h[0] + a | 0;
  h[1] = h[1] + b | 0;
  h[2] = h[2] + c | 0;
  h[3] = h[3] + d | 0;
  h[4] = h[4] + e | 0;
}
