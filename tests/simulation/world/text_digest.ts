/** A running 64-bit digest of texts (two FNV-1a-like words). Not against malice. O(length). */
export class TextDigest {
  #high = 0xdeadbeef;
  #low = 0x41c6ce57;

  add(text: string): void {
    let high = this.#high;
    let low = this.#low;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    this.#high = high ^ (low >>> 13);
    this.#low = low ^ (high >>> 16);
  }

  get value(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, "0");
    return hex(this.#high) + hex(this.#low);
  }
}
