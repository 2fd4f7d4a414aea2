/** Something worth a time stamp. */
export type MarkName = "offer-shown" | "offer-accepted" | "leg-joined" | "first-audio";

/** One time stamp: ms since the epoch, on `performance`'s steady clock. */
export interface Mark {
  name: MarkName;
  /** The interaction or call it is about, if any. */
  id: string | null;
  at: number;
}

const MOST = 1_000;

/** Keeps the latest time stamps. */
export class Marks {
  #now: () => number;
  #list: Mark[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Stamps `name` with now, or with `at` when it is known better. */
  mark(name: MarkName, id: string | null, at = this.#now()): void {
    this.#list.push({ name, id, at });
    if (this.#list.length > MOST) this.#list.shift();
  }

  /** Copies of the stamps, oldest first. */
  list(): Mark[] {
    return this.#list.map((mark) => ({ ...mark }));
  }
}
