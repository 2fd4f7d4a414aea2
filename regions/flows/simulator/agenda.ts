/** Something that the simulated world does at a moment. */
interface Entry {
  at: number;
  /** Whether the contact does nothing before it. */
  busy: boolean;
  run: () => void;
}

/** What the simulated world is about to do, by time; of one time in the order it was added. */
export class Agenda {
  #entries: Entry[] = [];

  /** @param busy Whether the contact does nothing before it. */
  add(at: number, run: () => void, busy = true): void {
    this.#entries.push({ at, busy, run });
  }

  /** Whether something is under way that the contact lets come to its end. */
  get busy(): boolean {
    return this.#entries.some((entry) => entry.busy);
  }

  /** When the next thing happens, epoch ms; Infinity for nothing. O(entries), which are few. */
  get next(): number {
    return Math.min(Infinity, ...this.#entries.map((entry) => entry.at));
  }

  /** Takes out the next thing. */
  take(): (() => void) | undefined {
    const { next } = this;
    const i = this.#entries.findIndex((entry) => entry.at === next);
    return i < 0 ? undefined : this.#entries.splice(i, 1)[0].run;
  }
}
