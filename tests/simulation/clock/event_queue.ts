import { BinaryHeap } from "../../../regions/heap/binary_heap.ts";

interface Entry {
  at: number;
  order: number;
  run: (() => void) | null;
}

/**
 * What is to happen, in one total order: by time (virtual ms), then by when it was scheduled.
 * O(log n) to schedule and to take; a cancelled entry is passed over.
 */
export class EventQueue {
  now: number;
  readonly #heap = new BinaryHeap<Entry>(before);
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
    this.#heap.push(entry);
    return () => entry.run = null;
  }

  /** When the next entry is due; Infinity if there is none. */
  get next(): number {
    while (this.#heap.first()?.run === null) this.#heap.pop();
    return this.#heap.first()?.at ?? Infinity;
  }

  /** Moves the clock to the next entry and runs it. False if there is none. */
  step(): boolean {
    if (this.next === Infinity) return false;
    const { at, run } = this.#heap.pop()!;
    this.now = at;
    run!();
    return true;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
