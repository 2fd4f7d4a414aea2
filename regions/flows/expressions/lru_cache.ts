/**
 * The last used of what was made from texts, bounded by entries and by the texts' characters in all.
 * Every operation is O(1); making room is O(1) amortised.
 */
export class LruCache<V> {
  readonly #entries = new Map<string, V>();
  #characters = 0;

  constructor(readonly maxEntries: number, readonly maxCharacters: number) {}

  get size(): number {
    return this.#entries.size;
  }

  /** What was made of this text, or what `make` now makes of it. What `make` throws is not kept. */
  get(text: string, make: (text: string) => V): V {
    let value = this.#entries.get(text);
    if (value !== undefined) {
      this.#entries.delete(text);
      this.#entries.set(text, value);
      return value;
    }
    value = make(text);
    this.#entries.set(text, value);
    this.#characters += text.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.maxEntries && this.#characters <= this.maxCharacters) break;
      this.#entries.delete(oldest);
      this.#characters -= oldest.length;
    }
    return value;
  }
}
