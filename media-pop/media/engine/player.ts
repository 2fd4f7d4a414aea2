import type { Codec } from "../g711/codec.ts";
import type { Prompt } from "../prompts/prompt.ts";

const FRAME = 160;

/**
 * Reads prompts one after the other, frame by frame and without a gap: the next one begins within
 * the frame in which the last one ends. O(160) a frame, no allocation.
 */
export class Player {
  readonly #prompts: readonly Prompt[];
  readonly #loop: boolean;
  readonly #empty: boolean;
  #index = 0;
  #at = 0;

  constructor(prompts: readonly Prompt[], loop: boolean) {
    this.#prompts = prompts;
    this.#loop = loop;
    this.#empty = prompts.every((prompt) => prompt.length === 0);
  }

  /** The prompt now read; undefined behind the last one. */
  get prompt(): Prompt | undefined {
    return this.#prompts[this.#index];
  }

  /** True once the last sample was read. A looping player never ends, one without audio at once. */
  get ended(): boolean {
    return this.#empty || this.#index >= this.#prompts.length;
  }

  /** Writes the next 20 ms at `offset`, with silence behind the end. */
  read(packet: Uint8Array, offset: number, codec: Codec): void {
    for (let i = 0; i < FRAME;) {
      if (this.ended) {
        packet.fill(codec.silence, offset + i, offset + FRAME);
        return;
      }
      const codes = this.#prompts[this.#index].codes(codec);
      const end = Math.min(codes.length, this.#at + FRAME - i);
      while (this.#at < end) packet[offset + i++] = codes[this.#at++];
      if (this.#at < codes.length) continue;
      this.#at = 0;
      this.#index++;
      if (this.#index === this.#prompts.length && this.#loop) this.#index = 0;
    }
  }
}
