import type { Law } from "./law.ts";

/** A-law, ITU-T G.711 table 1. Built once at start: decode 512 bytes, encode 64 KiB. */
export const A_LAW_TABLES: Law = {
  decode: Int16Array.from({ length: 256 }, (_, code) => decode(code)),
  encode: Uint8Array.from({ length: 65536 }, (_, index) => encode((index << 16) >> 16)),
};

function decode(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const base = (bits & 0x0f) << 4;
  const magnitude = segment === 0 ? base + 8 : (base + 0x108) << (segment - 1);
  return (bits & 0x80) ? magnitude : -magnitude;
}

function encode(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = sample < 0 ? -sample - 1 : sample;
  if (magnitude < 256) return ((magnitude >> 4) | sign) ^ 0x55;
  const segment = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (segment + 3)) & 0x0f;
  return ((segment << 4) | mantissa | sign) ^ 0x55;
}
