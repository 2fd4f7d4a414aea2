/**
 * A stream of pseudo-random numbers (sfc32 by Chris Doty-Humphrey, seeded by a 128-bit hash of its
 * names). Each actor of a world draws from a stream of its own, so that taking one actor out of a
 * plan leaves what the others do as it was.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  /** @param names What the stream is for, the world's seed first. */
  constructor(...names: (string | number)[]) {
    [this.#a, this.#b, this.#c, this.#counter] = hash(names.join("/"));
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** From 0 (inclusive) to 1 (exclusive), 32 bits. */
  unit(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both inclusive. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)];
  }

  /** Exponentially distributed with this mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - (this.#next() * 2 ** 21 + (this.#next() >>> 11)) / 2 ** 53);
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum >>> 0;
  }
}

/** Four mixed 32-bit words of a text (after MurmurHash3's finaliser). */
function hash(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [1779033703, 3144134277, 1013904242, 2773480762];
  const primes = [597399067, 2869860233, 951274213, 2716044179];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    for (let k = 0; k < 4; k++) {
      const other = words[(k + 1) % 4];
      words[k] = (other ^ Math.imul(words[k] ^ code, primes[k])) >>> 0;
    }
  }
  for (let k = 0; k < 4; k++) {
    let word = words[k];
    word = Math.imul(word ^ (word >>> 16), 2246822507);
    word = Math.imul(word ^ (word >>> 13), 3266489909);
    words[k] = (word ^ (word >>> 16)) >>> 0;
  }
  return words;
}
