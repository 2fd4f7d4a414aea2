import type { Codec } from "./codec.ts";

/** Decodes G.711 code words to linear samples. */
export function decodeSamples(codes: Uint8Array, codec: Codec): Int16Array {
  const out = new Int16Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = codec.decode[codes[i]];
  return out;
}
