import type { EventQueue } from "../../clock/event_queue.ts";
import type { SiteClock } from "./site_clock.ts";

/** A process that can be killed, started, paused and let go on. */
export class Process {
  alive = false;
  frozen = false;
  /** Grows with every start: what was under way before is lost. */
  generation = 0;
  #held: (() => void)[] = [];

  constructor(readonly queue: EventQueue, readonly clock: SiteClock) {}

  start(): void {
    this.alive = true;
    this.generation++;
    this.#held = [];
  }

  kill(): void {
    this.alive = false;
    this.#held = [];
  }

  freeze(): void {
    this.frozen = true;
  }

  thaw(): void {
    this.frozen = false;
    const held = this.#held;
    this.#held = [];
    for (const run of held) run();
  }

  /** Runs `run` now, or when the process goes on; never once it has ended. */
  run(generation: number, run: () => void): void {
    if (!this.alive || generation !== this.generation) return;
    if (this.frozen) this.#held.push(() => this.run(generation, run));
    else run();
  }

  /** After `ms` of the site's own clock. */
  after(ms: number, run: () => void): void {
    const { generation } = this;
    this.queue.after(ms / this.clock.rate, () => this.run(generation, run));
  }
}
