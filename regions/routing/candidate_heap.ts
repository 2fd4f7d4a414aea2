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

/** Negative when `a` is to be chosen before `b`: score, then longest free, then id. */
function compare(a: Candidate<unknown>, b: Candidate<unknown>): number {
  return b.score - a.score || a.freeSince - b.freeSince || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Candidates of one line, best first: a binary heap whose stale entries are dropped when they come
 * up. `push` is O(1) for an agent freed last, `best` amortised O(log n).
 */
export class CandidateHeap<T> {
  #heap: Candidate<T>[] = [];
  /** Length from which stale entries are looked for. */
  #limit = FEW;

  /** @param fresh Whether an entry still holds. */
  constructor(readonly fresh: (candidate: Candidate<T>) => boolean) {}

  /** Entries held, stale ones included. */
  get length(): number {
    return this.#heap.length;
  }

  push(candidate: Candidate<T>): void {
    if (this.#heap.length >= this.#limit) this.#compact();
    this.#insert(candidate);
  }

  #insert(candidate: Candidate<T>): void {
    const heap = this.#heap;
    let i = heap.push(candidate) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (compare(heap[parent], candidate) <= 0) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = candidate;
  }

  /** The best candidate that `suits`; those passed over stay. */
  best(suits: (candidate: Candidate<T>) => boolean): Candidate<T> | undefined {
    const passedOver: Candidate<T>[] = [];
    let found: Candidate<T> | undefined;
    while (this.#heap.length > 0 && !found) {
      const top = this.#heap[0];
      if (!this.fresh(top)) this.#pop();
      else if (suits(top)) found = top;
      else passedOver.push(this.#pop());
    }
    for (const candidate of passedOver) this.#insert(candidate);
    return found;
  }

  /** Drops what is stale, so that at most half of the entries ever are. Amortised O(log n). */
  #compact(): void {
    const entries = this.#heap.filter(this.fresh);
    this.#heap = [];
    for (const entry of entries) this.#insert(entry);
    this.#limit = Math.max(FEW, 2 * entries.length);
  }

  #pop(): Candidate<T> {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && compare(heap[child + 1], heap[child]) < 0) child += 1;
      if (compare(heap[child], last) >= 0) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return top;
  }
}
