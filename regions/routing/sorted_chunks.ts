/** Elements of a chunk at most. */
const MOST = 128;
/** A chunk with fewer joins its neighbour, if that one has room. */
const FEW = 32;

/**
 * A sorted set that tells ranks. Elements lie in sorted chunks of at most 128, so that finding one
 * takes O(log n) comparisons, moving others a copy within one chunk, and a rank a sum over chunks.
 * The order of an element must not change while it is in the set.
 */
export class SortedChunks<T> {
  readonly #chunks: T[][] = [];
  #size = 0;

  /** @param compare A total order: 0 only for the same element. */
  constructor(readonly compare: (a: T, b: T) => number) {}

  get size(): number {
    return this.#size;
  }

  /** The least element. O(1). */
  first(): T | undefined {
    return this.#chunks[0]?.[0];
  }

  /** Adds an element; false if it was there. */
  add(element: T): boolean {
    const chunks = this.#chunks;
    if (chunks.length === 0) {
      chunks.push([element]);
      this.#size = 1;
      return true;
    }
    const c = this.#chunkOf(element);
    const chunk = chunks[c];
    const i = this.#indexIn(chunk, element);
    if (i < chunk.length && this.compare(chunk[i], element) === 0) return false;
    if (i === chunk.length) chunk.push(element);
    else chunk.splice(i, 0, element);
    if (chunk.length > MOST) chunks.splice(c + 1, 0, chunk.splice(MOST >> 1));
    this.#size += 1;
    return true;
  }

  /** Removes an element; false if it was not there. */
  delete(element: T): boolean {
    if (this.#size === 0) return false;
    const c = this.#chunkOf(element);
    const chunk = this.#chunks[c];
    const i = this.#indexIn(chunk, element);
    if (i === chunk.length || this.compare(chunk[i], element) !== 0) return false;
    if (i === 0) chunk.shift();
    else chunk.splice(i, 1);
    if (chunk.length < FEW) this.#join(c);
    this.#size -= 1;
    return true;
  }

  /** How many elements come before this one, whether or not it is in the set. */
  rank(element: T): number {
    if (this.#size === 0) return 0;
    const c = this.#chunkOf(element);
    let before = 0;
    for (let i = 0; i < c; i++) before += this.#chunks[i].length;
    return before + this.#indexIn(this.#chunks[c], element);
  }

  has(element: T): boolean {
    if (this.#size === 0) return false;
    const chunk = this.#chunks[this.#chunkOf(element)];
    const i = this.#indexIn(chunk, element);
    return i < chunk.length && this.compare(chunk[i], element) === 0;
  }

  /** The elements in order. */
  *[Symbol.iterator](): IterableIterator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  #join(c: number): void {
    const chunks = this.#chunks;
    const left = chunks.length > c + 1 ? c : c - 1;
    const joined = chunks[left]?.length + (chunks[left + 1]?.length ?? MOST);
    if (joined <= MOST) chunks[left].push(...chunks.splice(left + 1, 1)[0]);
    else if (chunks[c].length === 0) chunks.splice(c, 1);
  }

  /** The last chunk that does not begin after the element. */
  #chunkOf(element: T): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.compare(this.#chunks[middle][0], element) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** First index of a chunk whose element does not come before this one. */
  #indexIn(chunk: T[], element: T): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(chunk[middle], element) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
