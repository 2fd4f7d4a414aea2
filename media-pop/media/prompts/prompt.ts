import type { Codec } from "../g711/codec.ts";
import { A_LAW } from "../g711/a_law.ts";
import { encodeSamples } from "../g711/encode_samples.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import { transcodingTable } from "../g711/transcoding_table.ts";

/** Audio ready to be played to a leg of either law. Shared by all legs, never changed. */
export class Prompt {
  readonly name: string;
  readonly #mu: Uint8Array;
  #a: Uint8Array | undefined;

  /** `audio` is linear samples, 8 kHz mono, or µ-law code words, which are kept, not copied. */
  constructor(name: string, audio: Int16Array | Uint8Array) {
    this.name = name;
    const linear = audio instanceof Int16Array;
    this.#mu = linear ? encodeSamples(audio, MU_LAW) : audio;
    // Code words become A-law when first asked for: many a prompt never is.
    if (linear) this.#a = encodeSamples(audio, A_LAW);
  }

  /** Samples, which are also bytes of one law. */
  get length(): number {
    return this.#mu.length;
  }

  /** Milliseconds. */
  get duration(): number {
    return this.#mu.length / 8;
  }

  /** Code words of one law. */
  codes(codec: Codec): Uint8Array {
    if (codec === MU_LAW) return this.#mu;
    if (!this.#a) {
      const table = transcodingTable(MU_LAW, A_LAW);
      this.#a = this.#mu.map((code) => table[code]);
    }
    return this.#a;
  }
}
