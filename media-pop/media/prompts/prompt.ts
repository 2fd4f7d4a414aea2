import type { Codec } from "../g711/codec.ts";
import { A_LAW } from "../g711/a_law.ts";
import { encodeSamples } from "../g711/encode_samples.ts";
import { MU_LAW } from "../g711/mu_law.ts";

/** Audio ready to be played to a leg of either law. Shared by all legs, never changed. */
export class Prompt {
  readonly name: string;
  readonly #mu: Uint8Array;
  readonly #a: Uint8Array;

  /** `samples` are linear, 8 kHz, mono. O(samples). */
  constructor(name: string, samples: Int16Array) {
    this.name = name;
    this.#mu = encodeSamples(samples, MU_LAW);
    this.#a = encodeSamples(samples, A_LAW);
  }

  /** Milliseconds. */
  get duration(): number {
    return this.#mu.length / 8;
  }

  /** Code words of one law. */
  codes(codec: Codec): Uint8Array {
    return codec === MU_LAW ? this.#mu : this.#a;
  }
}
