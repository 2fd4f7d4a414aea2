import { DIGITS } from "./digits.ts";

/** A digit, told once when its first packet arrives, and again when it has ended. */
export interface DigitListener {
  started(digit: string): void;
  /** `duration` in milliseconds, as far as packets told. */
  ended(digit: string, duration: number): void;
}

const LOST_END_AFTER = 200;
/** Packets up to ten seconds late are late; older ones belong to a stream begun anew. */
const LATEST = -80_000;

/**
 * Turns RFC 4733 telephone events into digits. Packets of one event share a timestamp; ends come
 * three times and any packet may be lost or late. O(1) a packet, no allocation.
 */
export class DigitReceiver {
  readonly #listener: DigitListener;
  #event = -1;
  #timestamp = 0;
  #segments = 0;
  #duration = 0;
  #open = false;
  #seen = false;
  #lastAt = 0;

  constructor(listener: DigitListener) {
    this.#listener = listener;
  }

  /** Takes the payload at `start..end`. False when it is not a valid DTMF event. */
  receive(
    packet: Uint8Array,
    start: number,
    end: number,
    timestamp: number,
    marker: boolean,
    now: number,
  ): boolean {
    if (end - start < 4) return false;
    const event = packet[start];
    if (event >= DIGITS.length) return false;
    const ends = (packet[start + 1] & 0x80) !== 0;
    const duration = (packet[start + 2] << 8) | packet[start + 3];
    const age = this.#seen ? (timestamp - this.#timestamp) | 0 : 1;
    if (age < 0 && age > LATEST) return true;
    if (age !== 0) {
      if (!this.#continues(event, age, marker)) this.#begin(event);
      this.#timestamp = timestamp;
      this.#seen = true;
    } else if (event !== this.#event || !this.#open) return true;
    this.#duration = Math.max(this.#duration, duration);
    this.#lastAt = now;
    if (ends) this.#end();
    return true;
  }

  /** Ends an event whose end packets were all lost: call every now and then. */
  tick(now: number): void {
    if (this.#open && now - this.#lastAt >= LOST_END_AFTER) this.#end();
  }

  /** Forgets the stream's timestamps: the far end began another. An open event is ended. */
  restart(): void {
    if (this.#open) this.#end();
    this.#seen = false;
  }

  /** A long event goes on in a new segment right behind a full one (section 2.5.1.3). */
  #continues(event: number, age: number, marker: boolean): boolean {
    const goesOn = this.#open && !marker && event === this.#event && age === 0xffff;
    if (goesOn) {
      this.#segments += 0xffff;
      this.#duration = 0;
    }
    return goesOn;
  }

  #begin(event: number): void {
    if (this.#open) this.#end();
    this.#event = event;
    this.#duration = this.#segments = 0;
    this.#open = true;
    this.#listener.started(DIGITS[event]);
  }

  #end(): void {
    this.#open = false;
    this.#listener.ended(DIGITS[this.#event], (this.#segments + this.#duration) / 8);
  }
}
