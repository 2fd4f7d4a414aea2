interface Entry {
  at: number;
  id: string;
}

/** Entries among which superseded ones do not matter. */
const FEW = 64;

/**
 * Deadlines by time, a binary heap. `set` and `due` are amortised O(log n); superseded entries are
 * passed over when their time comes, and dropped when they outnumber the others.
 */
export class DeadlineQueue {
  #heap: Entry[] = [];
  readonly #current = new Map<string, number>();

  /** Sets, moves or (with null) removes the deadline of an id. */
  set(id: string, at: number | null): void {
    if (at === null) {
      this.#current.delete(id);
      return;
    }
    if (this.#current.get(id) === at) return;
    this.#current.set(id, at);
    if (this.#heap.length > FEW && this.#heap.length > 2 * this.#current.size) this.#compact();
    else this.#push({ at, id });
  }

  /** Entries held, superseded ones included. */
  get length(): number {
    return this.#heap.length;
  }

  /** When the next deadline is due, epoch ms; null if there is none. */
  next(): number | null {
    while (this.#heap.length > 0) {
      const { id, at } = this.#heap[0];
      if (this.#current.get(id) === at) return at;
      this.#pop();
    }
    return null;
  }

  /** Takes out the ids whose deadlines are not after `now`. */
  due(now: number): string[] {
    const ids: string[] = [];
    for (let at = this.next(); at !== null && at <= now; at = this.next()) {
      const { id } = this.#pop();
      this.#current.delete(id);
      ids.push(id);
    }
    return ids;
  }

  #compact(): void {
    this.#heap = [];
    for (const [id, at] of this.#current) this.#push({ at, id });
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (heap[parent].at <= entry.at) break;
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
      if (child + 1 < heap.length && heap[child + 1].at < heap[child].at) child += 1;
      if (heap[child].at >= last.at) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return top;
  }
}
