import type { MediaClock } from "../clock/media_clock.ts";

const PERIOD = 20;
const MOST_AT_ONCE = 5;

/**
 * The one 20 ms clock of a process. It counts from its start, so that lateness never adds up; after
 * a stall it catches up at most five steps and skips the rest.
 */
export class Ticker {
  /** Steps skipped after stalls. */
  skipped = 0;
  readonly #clock: MediaClock;
  readonly #step: (now: number) => void;
  #next: number;
  #cancel: () => void;

  constructor(clock: MediaClock, step: (now: number) => void) {
    this.#clock = clock;
    this.#step = step;
    this.#next = clock.now() + PERIOD;
    this.#cancel = this.#arm();
  }

  stop(): void {
    this.#cancel();
    this.#cancel = () => {};
    this.#next = Infinity;
  }

  #arm(): () => void {
    return this.#clock.schedule(this.#next - this.#clock.now(), () => this.#run());
  }

  #run(): void {
    const now = this.#clock.now();
    const due = Math.floor((now - this.#next) / PERIOD) + 1;
    if (due > MOST_AT_ONCE) {
      this.skipped += due - MOST_AT_ONCE;
      this.#next += (due - MOST_AT_ONCE) * PERIOD;
    }
    while (this.#next <= now) {
      const at = this.#next;
      this.#next += PERIOD;
      this.#step(at);
    }
    if (this.#next !== Infinity) this.#cancel = this.#arm();
  }
}
