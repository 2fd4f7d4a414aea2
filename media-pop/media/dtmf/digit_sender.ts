import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { DIGITS } from "./digits.ts";

/** How long a digit sounds and how long the pause behind it is, in milliseconds. */
export interface DigitTiming {
  duration?: number;
  pause?: number;
}

/** What to put around the next payload. */
export interface DigitStep {
  marker: boolean;
  /** The event's first step: take a new timestamp and keep it for the whole event. */
  begins: boolean;
}

const FRAME = 20;
const VOLUME = 10;
const END_PACKETS = 3;
const MOST_WAITING = 64;

/**
 * Sends digits as RFC 4733 events, one step each 20 ms: growing durations under one timestamp, the
 * end three times, then a pause. O(1) a step; the step object is reused.
 */
export class DigitSender {
  readonly #waiting: number[] = [];
  readonly #step: DigitStep = { marker: false, begins: false };
  #frames = 0;
  #pauseFrames = 0;
  #at = 0;

  /** True while there is something to send or a pause to keep. */
  get active(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Queues digits. Durations are kept within 40 ms to 6 s, pauses within 40 ms to 1 s. Throws
   * `invalid_request` for a character that is no digit or when more than 64 wait.
   */
  send(digits: string, timing: DigitTiming = {}): void {
    const events = [...digits.toUpperCase()].map((digit) => DIGITS.indexOf(digit));
    if (events.includes(-1) || events.length + this.#waiting.length > MOST_WAITING) {
      throw new AntiphonError("invalid_request", `Send at most ${MOST_WAITING} of ${DIGITS}`);
    }
    if (!this.active) {
      this.#frames = Math.round(between(timing.duration ?? 120, 40, 6000) / FRAME);
      this.#pauseFrames = Math.round(between(timing.pause ?? 80, 40, 1000) / FRAME);
      this.#at = 0;
    }
    this.#waiting.push(...events);
  }

  /** Drops what is queued. */
  clear(): void {
    this.#waiting.length = 0;
  }

  /** Writes the 4-byte payload of this 20 ms at `offset`; undefined in a pause. */
  next(packet: Uint8Array, offset: number): DigitStep | undefined {
    if (!this.active) return undefined;
    const at = this.#at++;
    const packets = this.#frames + END_PACKETS - 1;
    if (at >= packets) {
      if (at + 1 >= packets + this.#pauseFrames) {
        this.#waiting.shift();
        this.#at = 0;
      }
      return undefined;
    }
    const ends = at >= this.#frames - 1;
    const duration = Math.min(at + 1, this.#frames) * FRAME * 8;
    packet[offset] = this.#waiting[0];
    packet[offset + 1] = (ends ? 0x80 : 0) | VOLUME;
    packet[offset + 2] = duration >> 8;
    packet[offset + 3] = duration;
    this.#step.marker = this.#step.begins = at === 0;
    return this.#step;
  }
}

function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
