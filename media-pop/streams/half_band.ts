/** Taps of a half-band low pass (windowed sinc, 31 long); every other one is zero. */
const REACH = 15;
const TAPS = Float64Array.from({ length: 2 * REACH + 1 }, (_, i) => {
  const x = i - REACH;
  const window = 0.54 + 0.46 * Math.cos(Math.PI * x / (REACH + 1));
  return (x === 0 ? 0.5 : Math.sin(Math.PI * x / 2) / (Math.PI * x)) * window;
});
const HISTORY = 2 * REACH;

/**
 * Doubles or halves the rate of a stream of samples, piece by piece, with what came before in
 * mind. Delays by 15 samples of the higher rate. O(samples), no allocation up to the largest piece.
 */
export class HalfBand {
  /** What came before, at the higher rate, then the piece at hand. */
  readonly #line: Float64Array;
  readonly #largest: number;
  #odd = 0;

  /** `largest`: samples of a piece at the higher rate. */
  constructor(largest: number) {
    this.#largest = largest;
    this.#line = new Float64Array(HISTORY + largest);
  }

  /** Writes two samples for each of the first `length`; answers how many. */
  double(samples: Int16Array, length: number, out: Int16Array): number {
    const count = Math.min(2 * length, this.#largest);
    for (let i = 0; i < count; i++) this.#line[HISTORY + i] = i & 1 ? 0 : 2 * samples[i >> 1];
    for (let i = 0; i < count; i++) out[i] = this.#at(i);
    this.#line.copyWithin(0, count, count + HISTORY);
    return count;
  }

  /** Writes one sample for each two of the first `length`; answers how many. */
  halve(samples: Int16Array, length: number, out: Int16Array): number {
    const count = Math.min(length, this.#largest);
    for (let i = 0; i < count; i++) this.#line[HISTORY + i] = samples[i];
    let written = 0;
    let i = this.#odd;
    for (; i < count; i += 2) out[written++] = this.#at(i);
    this.#odd = i - count;
    this.#line.copyWithin(0, count, count + HISTORY);
    return written;
  }

  #at(i: number): number {
    let sum = this.#line[i + REACH] * TAPS[REACH];
    for (let tap = 0; tap < TAPS.length; tap += 2) sum += this.#line[i + tap] * TAPS[tap];
    return Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
}
