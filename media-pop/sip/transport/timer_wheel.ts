/** A timer that is set. */
export interface WheelTimer {
  /** Milliseconds of the wheel's clock at which it fires. */
  readonly at: number;
}

interface Entry extends WheelTimer {
  readonly tick: number;
  fire: (() => void) | undefined;
}

/**
 * All timers of the SIP core on one driver: setting and clearing cost a constant, and the wheel
 * is turned from outside, by one interval or by a virtual clock. Timers never fire early, and at
 * most one tick late when the wheel is turned in time.
 */
export class TimerWheel {
  readonly #slots: Set<Entry>[];
  #now: number;
  #tick: number;
  #size = 0;

  /**
   * @param resolution length of a tick in milliseconds
   * @param failed told what a timer threw; the other timers go on
   */
  constructor(
    readonly failed: (error: unknown) => void,
    now = 0,
    readonly resolution = 50,
    slots = 1024,
  ) {
    this.#slots = Array.from({ length: slots }, () => new Set());
    this.#now = now;
    this.#tick = Math.floor(now / resolution);
  }

  /** How many timers are set. */
  get size(): number {
    return this.#size;
  }

  /** The time it was last turned to, in milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** Calls `fire` once, `delay` milliseconds after the wheel's present time. */
  set(delay: number, fire: () => void): WheelTimer {
    const at = this.#now + delay;
    const tick = Math.max(this.#tick + 1, Math.ceil(at / this.resolution));
    const entry: Entry = { at, tick, fire };
    this.#slots[tick % this.#slots.length].add(entry);
    this.#size++;
    return entry;
  }

  /** Takes a timer back; harmless if it has fired or is undefined. */
  clear(timer: WheelTimer | undefined): void {
    const entry = timer as Entry | undefined;
    if (entry?.fire === undefined) return;
    entry.fire = undefined;
    this.#slots[entry.tick % this.#slots.length].delete(entry);
    this.#size--;
  }

  /** Turns the wheel to `now`, firing what is due, in order of ticks. Never turns back. */
  turn(now: number): void {
    const goal = Math.floor(now / this.resolution);
    while (this.#tick < goal) {
      this.#tick++;
      this.#now = this.#tick * this.resolution;
      const slot = this.#slots[this.#tick % this.#slots.length];
      for (const entry of slot.size > 0 ? [...slot] : []) {
        const fire = entry.fire;
        if (entry.tick > this.#tick || fire === undefined) continue;
        this.clear(entry);
        try {
          fire();
        } catch (error) {
          this.failed(error);
        }
      }
    }
    this.#now = Math.max(this.#now, now);
  }
}
