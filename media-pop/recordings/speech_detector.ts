import type { Codec } from "../media/g711/codec.ts";

/** Mean magnitude of a packet's samples above which it is loud: -42 dB below full scale. */
const LOUD = 256;
/** Loud packets in a row that are speech: 60 ms at the usual 20 ms, more than a click. */
const SPEECH = 3;

/**
 * Hears whether somebody speaks, by the energy of each packet. Breath and line noise stay below its
 * threshold on an ordinary line; music and a loud room do not. O(payload) a packet, no allocation.
 */
export class SpeechDetector {
  /** Somebody was heard at all. */
  heard = false;
  /** When somebody was heard last, or when it began (ms). */
  #since: number;
  #inARow = 0;

  constructor(now: number) {
    this.#since = now;
  }

  /** Takes one packet's code words. */
  take(packet: Uint8Array, start: number, end: number, codec: Codec, now: number): void {
    let sum = 0;
    for (let i = start; i < end; i++) sum += Math.abs(codec.decode[packet[i]]);
    this.#inARow = sum > LOUD * (end - start) ? this.#inARow + 1 : 0;
    if (this.#inARow < SPEECH) return;
    this.heard = true;
    this.#since = now;
  }

  /** How long nobody has been heard, in milliseconds. */
  silence(now: number): number {
    return now - this.#since;
  }
}
