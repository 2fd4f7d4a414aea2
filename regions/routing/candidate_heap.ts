import { BinaryHeap } from "../heap/binary_heap.ts";

/** An agent as one line sees them. */
export interface Candidate<T> {
  seat: T;
  /** The seat's version when this was made: another one makes it stale. */
  version: number;
  /** Higher is better; 0 unless the best available agent is sought. */
  score: number;
  freeSince: number;
  id: string;
}

/** Entries among which stale ones do not matter. */
const FEW = 64;

/** Score, then longest free, then id. */
function before(a: Candidate<unknown>, b: Candidate<unknown>): boolean {
  if (a.score !== b.score) return a.score > b.score;
  return a.freeSince < b.freeSince || (a.freeSince === b.freeSince && a.id < b.id);
}

/**
 * Candidates of one line, best first; stale entries are dropped when they come up. `push` is O(1)
 * for an agent freed last, `best` amortised O(log n).
 */
export class CandidateHeap<T> {
  readonly #heap = new BinaryHeap<Candidate<T>>(before);
  /** Length from which stale entries are looked for. */
  #limit = FEW;

  /** @param fresh Whether an entry still holds. */
  constructor(readonly fresh: (candidate: Candidate<T>) => boolean) {}

  push(candidate: Candidate<T>): void {
    if (this.#heap.length >= this.#limit) {
      // At most half of the entries are ever stale.
      this.#limit = Math.max(FEW, 2 * this.#heap.keep(this.fresh));
    }
    this.#heap.push(candidate);
  }

  /** The best candidate that `suits`; those passed over stay. */
  best(suits: (candidate: Candidate<T>) => boolean): Candidate<T> | undefined {
    const passedOver: Candidate<T>[] = [];
    let found: Candidate<T> | undefined;
    for (let top = this.#heap.first(); top && !found; top = this.#heap.first()) {
      if (!this.fresh(top)) this.#heap.pop();
      else if (suits(top)) found = top;
      else passedOver.push(this.#heap.pop()!);
    }
    for (const candidate of passedOver) this.#heap.push(candidate);
    return found;
  }
}
