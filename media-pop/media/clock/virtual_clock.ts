import type { MediaClock } from "./media_clock.ts";

interface Entry {
  at: number;
  order: number;
  callback: () => void;
}

/** A clock that only moves when told to. Callbacks run in order of their time, then of asking. */
export class VirtualClock implements MediaClock {
  #now: number;
  #order = 0;
  readonly #entries = new Set<Entry>();

  constructor(start = 0) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  wallClock(): number {
    return 1_700_000_000_000 + this.#now;
  }

  schedule(delay: number, callback: () => void): () => void {
    const entry = { at: this.#now + Math.max(0, delay), order: this.#order++, callback };
    this.#entries.add(entry);
    return () => this.#entries.delete(entry);
  }

  /** How many callbacks wait. */
  get pending(): number {
    return this.#entries.size;
  }

  /** Moves time forward by `milliseconds` and runs what falls due. O(n) a callback. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      let next: Entry | undefined;
      for (const e of this.#entries) {
        if (e.at > end) continue;
        if (!next || e.at < next.at || (e.at === next.at && e.order < next.order)) next = e;
      }
      if (!next) break;
      this.#entries.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
  }
}
