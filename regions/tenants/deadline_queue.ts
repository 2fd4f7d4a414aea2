interface Entry {
  at: number;
  id: string;
}

/**
 * Deadlines by time, a binary heap. `set` and `due` are O(log n); superseded entries stay until
 * their time and are then passed over.
 */
export class DeadlineQueue {
  readonly #heap: Entry[] = [];
  readonly #current = new Map<string, number>();

  /** Sets, moves or (with null) removes the deadline of an id. */
  set(id: string, at: number | null): void {
    if (at === null) {
      this.#current.delete(id);
      return;
    }
    if (this.#current.get(id) === at) return;
    this.#current.set(id, at);
    this.#push({ at, id });
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
