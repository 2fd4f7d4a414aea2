interface Entry {
  at: number;
  order: number;
  run: (() => void) | null;
}

/**
 * What is to happen, in one total order: by time (virtual ms), then by when it was scheduled.
 * A binary heap: O(log n) to schedule and to take; a cancelled entry is passed over.
 */
export class EventQueue {
  now: number;
  readonly #heap: Entry[] = [];
  #order = 0;

  constructor(start: number) {
    this.now = start;
  }

  /** Runs `run` after `ms`, rounded up to whole milliseconds. Returns how to cancel it. */
  after(ms: number, run: () => void): () => void {
    return this.at(this.now + Math.ceil(Math.max(ms, 0)), run);
  }

  /** Runs `run` at a time, or now if that has passed. Returns how to cancel it. */
  at(at: number, run: () => void): () => void {
    const entry: Entry = { at: Math.max(at, this.now), order: this.#order++, run };
    this.#push(entry);
    return () => entry.run = null;
  }

  /** When the next entry is due; Infinity if there is none. */
  get next(): number {
    while (this.#heap.length > 0 && this.#heap[0].run === null) this.#pop();
    return this.#heap[0]?.at ?? Infinity;
  }

  /** Moves the clock to the next entry and runs it. False if there is none. */
  step(): boolean {
    if (this.next === Infinity) return false;
    const { at, run } = this.#pop();
    this.now = at;
    run!();
    return true;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(entry, heap[parent])) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = entry;
  }

  #pop(): Entry {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1;
      if (!before(heap[child], last)) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return top;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
