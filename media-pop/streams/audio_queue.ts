/** 20 ms of G.711. */
const FRAME = 160;

/** Options of an {@linkcode AudioQueue}, in bytes of G.711: 8 a millisecond. */
export interface AudioQueueOptions {
  /** What a burst may hold at most. */
  limit: number;
  /** What is gathered before it plays, against the network's jitter. */
  cushion: number;
  /** Marks that wait at most. */
  marks: number;
}

/**
 * What a bot has sent and the caller has not heard: bursts go in at any pace, 20 ms come out at a
 * time. Bytes stand in one ring that grows up to the limit and is used again. Marks are told when
 * what stood before them was played, or cleared.
 */
export class AudioQueue {
  readonly #options: AudioQueueOptions;
  readonly #silence: number;
  #ring = new Uint8Array(8192);
  #read = 0;
  #length = 0;
  /** Bytes ever taken out; marks stand at the bytes that were ever put in. */
  #played = 0;
  #marks: { at: number; reached: () => void }[] = [];
  #waiting = true;
  #firstAt = 0;
  #lastAt = 0;

  /** `silence`: the code word that fills up a last piece. */
  constructor(silence: number, options: AudioQueueOptions) {
    this.#silence = silence;
    this.#options = options;
  }

  /** Milliseconds that wait to be played. */
  get buffered(): number {
    return this.#length / 8;
  }

  /** Takes what arrived at `now`. Answers how many bytes found no room: the last ones. */
  push(bytes: Uint8Array, length: number, now: number): number {
    const taken = Math.min(length, this.#options.limit - this.#length);
    this.#grow(this.#length + taken);
    const size = this.#ring.length;
    const at = (this.#read + this.#length) % size;
    const first = Math.min(taken, size - at);
    this.#ring.set(bytes.subarray(0, first), at);
    this.#ring.set(bytes.subarray(first, taken), 0);
    if (this.#length === 0) this.#firstAt = now;
    this.#length += taken;
    this.#lastAt = now;
    return length - taken;
  }

  /** Remembers a place; `reached` is called at once when nothing waits. False: too many marks. */
  mark(reached: () => void): boolean {
    if (this.#length === 0) reached();
    else if (this.#marks.length >= this.#options.marks) return false;
    else this.#marks.push({ at: this.#played + this.#length, reached });
    return true;
  }

  /** Forgets all that waits; its marks are told. */
  clear(): void {
    this.#played += this.#length;
    this.#length = this.#read = 0;
    this.#waiting = true;
    this.#tell();
  }

  /** Writes the next 20 ms at `offset`; false when there is nothing to play now. */
  read(out: Uint8Array, offset: number, now: number): boolean {
    if (this.#length === 0) {
      this.#waiting = true;
      return false;
    }
    const { cushion } = this.#options;
    const isLate = now - (this.#waiting ? this.#firstAt : this.#lastAt) >= cushion / 8;
    if (this.#length < (this.#waiting ? cushion : FRAME) && !isLate) return false;
    this.#waiting = false;
    const taken = Math.min(FRAME, this.#length);
    const size = this.#ring.length;
    for (let i = 0; i < taken; i++) out[offset + i] = this.#ring[(this.#read + i) % size];
    if (taken < FRAME) out.fill(this.#silence, offset + taken, offset + FRAME);
    this.#read = (this.#read + taken) % size;
    this.#length -= taken;
    this.#played += taken;
    if (this.#marks.length > 0) this.#tell();
    return true;
  }

  #tell(): void {
    while (this.#marks.length > 0 && this.#marks[0].at <= this.#played) {
      this.#marks.shift()!.reached();
    }
  }

  #grow(needed: number): void {
    const size = this.#ring.length;
    if (needed <= size) return;
    const grown = new Uint8Array(Math.max(needed, Math.min(2 * size, this.#options.limit)));
    const first = Math.min(this.#length, size - this.#read);
    grown.set(this.#ring.subarray(this.#read, this.#read + first));
    grown.set(this.#ring.subarray(0, this.#length - first), first);
    this.#ring = grown;
    this.#read = 0;
  }
}
