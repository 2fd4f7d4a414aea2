/**
 * The 48-bit packet index of one SSRC (RFC 3711 section 3.3.1) with a replay window of 64
 * (section 3.3.2). `guess` then `take`; both O(1), no allocation.
 */
export class PacketIndex {
  /** Roll-over counter of the packet last guessed. */
  roc = 0;
  #highest = -1;
  #low = 0;
  #high = 0;
  #guessed = 0;

  /** Guesses the index of `sequence` into {@linkcode roc}. False when seen before or too old. */
  guess(sequence: number): boolean {
    if (this.#highest < 0) {
      this.roc = 0;
      this.#guessed = sequence;
      return true;
    }
    const known = this.#highest % 65536;
    let roc = Math.floor(this.#highest / 65536);
    if (known < 32768) {
      if (sequence - known > 32768) roc--;
    } else if (known - 32768 > sequence) roc++;
    if (roc < 0 || roc > 0xffffffff) return false;
    this.roc = roc;
    return this.guessWhole(roc * 65536 + sequence);
  }

  /** As {@linkcode guess} for an index that is sent in full, as SRTCP's is. */
  guessWhole(index: number): boolean {
    this.#guessed = index;
    const age = this.#highest - index;
    return this.#highest < 0 || age < 0 || (age < 64 && !this.#seen(age));
  }

  /** Marks the guessed packet as seen: only once it is proven authentic. */
  take(): void {
    const ahead = this.#guessed - this.#highest;
    if (ahead > 0) {
      this.#shift(this.#highest < 0 ? 64 : ahead);
      this.#highest = this.#guessed;
      this.#low |= 1;
    } else if (-ahead < 32) this.#low |= 1 << -ahead;
    else this.#high |= 1 << (-ahead - 32);
  }

  #seen(age: number): boolean {
    return age < 32 ? (this.#low & (1 << age)) !== 0 : (this.#high & (1 << (age - 32))) !== 0;
  }

  #shift(by: number): void {
    if (by >= 64) this.#low = this.#high = 0;
    else if (by >= 32) {
      this.#high = this.#low << (by - 32);
      this.#low = 0;
    } else {
      this.#high = (this.#high << by) | (this.#low >>> (32 - by));
      this.#low <<= by;
    }
  }
}
