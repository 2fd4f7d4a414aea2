/** The least of its elements at hand: a binary heap. */
export class BinaryHeap<T> {
  #elements: T[] = [];

  /** @param before Whether one element comes before another: a strict order. */
  constructor(readonly before: (a: T, b: T) => boolean) {}

  get length(): number {
    return this.#elements.length;
  }

  /** The least element. O(1). */
  first(): T | undefined {
    return this.#elements[0];
  }

  /** Adds an element. O(log n), O(1) for one that comes after all others. */
  push(element: T): void {
    const elements = this.#elements;
    let i = elements.push(element) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(element, elements[parent])) break;
      elements[i] = elements[parent];
      i = parent;
    }
    elements[i] = element;
  }

  /** Takes out the least element; undefined if there is none. O(log n). */
  pop(): T | undefined {
    const elements = this.#elements;
    const top = elements[0];
    const last = elements.pop();
    if (last === undefined || elements.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= elements.length) break;
      if (child + 1 < elements.length && this.before(elements[child + 1], elements[child])) {
        child += 1;
      }
      if (!this.before(elements[child], last)) break;
      elements[i] = elements[child];
      i = child;
    }
    elements[i] = last;
    return top;
  }

  /** Keeps the elements that `stays` says; returns how many there are then. O(n log n). */
  keep(stays: (element: T) => boolean): number {
    const kept = this.#elements.filter(stays);
    this.#elements = [];
    for (const element of kept) this.push(element);
    return kept.length;
  }
}
