import { TextDigest } from "./text_digest.ts";

/**
 * Everything that happened in a world, as lines. Always digested, so that two runs can be compared
 * bit for bit; kept only when somebody wants to read it.
 */
export class History {
  readonly lines: string[] | null;
  count = 0;
  readonly #digest = new TextDigest();

  constructor(readonly start: number, keep: boolean) {
    this.lines = keep ? [] : null;
  }

  /** @param at Virtual time, epoch ms. */
  note(at: number, who: string, what: string): void {
    const line = `${String((at - this.start) / 1000).padStart(9)}  ${who.padEnd(14)} ${what}`;
    this.count += 1;
    this.#digest.add(line);
    this.lines?.push(line);
  }

  /** A digest of all lines so far. */
  get hash(): string {
    return this.#digest.value;
  }
}
