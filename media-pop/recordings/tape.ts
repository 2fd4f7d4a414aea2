import type { RecordingPause } from "../../protocol/recording/recording.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";

const RATE = 8000;
/** Seconds held in memory: one being written out, the rest for packets that come late or early. */
const HELD = 4;
/** How far behind the clock a second is written out, in samples: later packets are lost. */
const LATEST = RATE;
/** Pauses that are kept apart; later ones go with the last. */
const MOST_PAUSES = 1000;

/** Samples of a tape in seconds. */
const seconds = (samples: number) => samples / RATE;

/**
 * The last seconds of one or two channels of µ-law, between the audio path and the disk. What
 * nobody says is silence; what is said while the gate is closed never gets in. Positions are in
 * samples from the start. Writing is O(payload) and allocates nothing.
 */
export class Tape {
  readonly channels: number;
  readonly #ring: Uint8Array;
  /** All before is out. */
  #out = 0;
  #gatedFrom = Infinity;
  readonly #gated: { from: number; to: number }[] = [];

  constructor(channels: 1 | 2) {
    this.channels = channels;
    this.#ring = new Uint8Array(HELD * RATE * channels).fill(MU_LAW.silence);
  }

  /** Bytes of a second. */
  get secondBytes(): number {
    return RATE * this.channels;
  }

  /** Lays down code words, translated by `table`; what is too late or too early is dropped. */
  write(
    channel: number,
    position: number,
    packet: Uint8Array,
    start: number,
    end: number,
    table: Uint8Array,
  ): void {
    const size = end - start;
    if (position < this.#out || position + size > this.#out + HELD * RATE) return;
    if (this.#isGated(position, position + size)) return;
    const length = this.#ring.length;
    let to = (position * this.channels + channel) % length;
    for (let i = start; i < end; i++) {
      this.#ring[to] = table[packet[i]];
      to += this.channels;
      if (to >= length) to -= length;
    }
  }

  /** Closes or opens the gate at a position. What is held of later positions already goes. */
  gate(closed: boolean, position: number): void {
    if (closed === (this.#gatedFrom !== Infinity)) return;
    if (closed) {
      const last = this.#gated.at(-1);
      const goesOn = last && (last.to >= position || this.#gated.length >= MOST_PAUSES);
      this.#gatedFrom = goesOn ? this.#gated.pop()!.from : position;
      this.#silence(Math.max(position, this.#out), this.#out + HELD * RATE);
    } else {
      this.#gated.push({ from: this.#gatedFrom, to: Math.max(this.#gatedFrom, position) });
      this.#gatedFrom = Infinity;
    }
  }

  /** Closed stretches so far, the open one up to `position`. */
  pauses(position: number): RecordingPause[] {
    const open = this.#gatedFrom === Infinity
      ? []
      : [{ from: this.#gatedFrom, to: Math.max(this.#gatedFrom, position) }];
    return [...this.#gated, ...open].map(({ from, to }) => ({
      from: seconds(from),
      to: seconds(to),
    }));
  }

  /**
   * The next second that is complete at `position`; null when there is none. It is lent until
   * {@linkcode taken}.
   */
  next(position: number): Uint8Array | null {
    return position >= this.#out + RATE + LATEST ? this.#second(RATE) : null;
  }

  /** What is left up to `position`, at most a second; null when nothing is. */
  rest(position: number): Uint8Array | null {
    const size = Math.min(RATE, position - this.#out);
    return size > 0 ? this.#second(size) : null;
  }

  /** What was lent is written; its place is free. */
  taken(): void {
    this.#silence(this.#out, this.#out + RATE);
    this.#out += RATE;
  }

  #second(size: number): Uint8Array {
    const start = (this.#out * this.channels) % this.#ring.length;
    return this.#ring.subarray(start, start + size * this.channels);
  }

  #silence(from: number, to: number): void {
    const { length } = this.#ring;
    const count = Math.max(0, Math.min(length, (to - from) * this.channels));
    const start = (from * this.channels) % length;
    this.#ring.fill(MU_LAW.silence, start, start + count);
    this.#ring.fill(MU_LAW.silence, 0, Math.max(0, start + count - length));
  }

  #isGated(from: number, to: number): boolean {
    if (to > this.#gatedFrom) return true;
    for (let i = this.#gated.length - 1; i >= 0 && this.#gated[i].to > this.#out; i--) {
      if (from < this.#gated[i].to && to > this.#gated[i].from) return true;
    }
    return false;
  }
}
