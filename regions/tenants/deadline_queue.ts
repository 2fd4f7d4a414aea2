import { BinaryHeap } from "../heap/binary_heap.ts";

interface Entry {
  at: number;
  id: string;
}

/** Entries among which superseded ones do not matter. */
const FEW = 64;

/**
 * Deadlines by time, then by id. `set` and `due` are amortised O(log n); superseded entries are
 * passed over when their time comes, and dropped when they outnumber the others.
 */
export class DeadlineQueue {
  readonly #heap = new BinaryHeap<Entry>((a, b) => a.at < b.at || (a.at === b.at && a.id < b.id));
  readonly #current = new Map<string, number>();

  /** Sets, moves or (with null) removes the deadline of an id. */
  set(id: string, at: number | null): void {
    if (at === null) {
      this.#current.delete(id);
      return;
    }
    if (this.#current.get(id) === at) return;
    this.#current.set(id, at);
    this.#heap.push({ at, id });
    const { length } = this.#heap;
    if (length > FEW && length > 2 * this.#current.size) this.#heap.keep(this.#holds);
  }

  /** Entries held, superseded ones included. */
  get length(): number {
    return this.#heap.length;
  }

  /** When the next deadline is due, epoch ms; null if there is none. */
  next(): number | null {
    for (let first = this.#heap.first(); first; first = this.#heap.first()) {
      if (this.#holds(first)) return first.at;
      this.#heap.pop();
    }
    return null;
  }

  /** Takes out the ids whose deadlines are not after `now`, in order. */
  due(now: number): string[] {
    const ids: string[] = [];
    for (let at = this.next(); at !== null && at <= now; at = this.next()) {
      const { id } = this.#heap.pop()!;
      this.#current.delete(id);
      ids.push(id);
    }
    return ids;
  }

  readonly #holds = ({ id, at }: Entry): boolean => this.#current.get(id) === at;
}
