import type { Codec } from "./codec.ts";

/** Encodes linear samples to G.711 code words, one byte a sample. */
export function encodeSamples(samples: Int16Array, codec: Codec): Uint8Array {
  const out = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) out[i] = codec.encode[samples[i] & 0xffff];
  return out;
}
