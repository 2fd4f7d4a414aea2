import type { Law } from "./law.ts";

const BIAS = 0x84;
const CLIP = 32635;

/** µ-law, ITU-T G.711 table 2. Built once at start: decode 512 bytes, encode 64 KiB. */
export const MU_LAW_TABLES: Law = {
  decode: Int16Array.from({ length: 256 }, (_, code) => decode(code)),
  encode: Uint8Array.from({ length: 65536 }, (_, index) => encode((index << 16) >> 16)),
};

function decode(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits & 0x70) >> 4)) - BIAS;
  return (bits & 0x80) ? -magnitude : magnitude;
}

function encode(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
