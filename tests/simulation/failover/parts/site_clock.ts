import type { EventQueue } from "../../clock/event_queue.ts";

/** A site's clocks: a monotonic one that runs a little fast or slow, and a wall clock that jumps. */
export class SiteClock {
  /** Added to the wall clock. */
  jump = 0;
  readonly #queue: EventQueue;
  readonly #offset: number;

  constructor(queue: EventQueue, readonly rate: number, offset: number) {
    this.#queue = queue;
    this.#offset = offset;
  }

  get now(): number {
    return this.#offset + this.#queue.now * this.rate;
  }

  get wall(): number {
    return Math.round(1_800_000_000_000 + this.#queue.now + this.jump);
  }
}
