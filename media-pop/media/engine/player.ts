import type { Codec } from "../g711/codec.ts";
import type { Prompt } from "../prompts/prompt.ts";

const FRAME = 160;

/** Reads a prompt frame by frame. O(160) a frame, no allocation. */
export class Player {
  readonly prompt: Prompt;
  readonly #loop: boolean;
  #at = 0;

  constructor(prompt: Prompt, loop: boolean) {
    this.prompt = prompt;
    this.#loop = loop;
  }

  /** True once the last sample was read. A looping player never ends, an empty prompt at once. */
  get ended(): boolean {
    const { duration } = this.prompt;
    return duration === 0 || (!this.#loop && this.#at >= duration * 8);
  }

  /** Writes the next 20 ms at `offset`, with silence behind the end. */
  read(packet: Uint8Array, offset: number, codec: Codec): void {
    const codes = this.prompt.codes(codec);
    for (let i = 0; i < FRAME; i++) {
      if (this.#at >= codes.length && this.#loop) this.#at = 0;
      packet[offset + i] = this.#at < codes.length ? codes[this.#at] : codec.silence;
      this.#at++;
    }
  }
}
