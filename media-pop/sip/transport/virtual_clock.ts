import type { SipClock } from "./sip_clock.ts";

interface Due {
  at: number;
  order: number;
  act: () => void;
}

/** A clock for tests and simulations that moves only when told, event by event. */
export class VirtualClock implements SipClock {
  #now = 0;
  #order = 0;
  #due: Due[] = [];

  now(): number {
    return this.#now;
  }

  every(period: number, turn: () => void): () => void {
    let live = true;
    const again = () => {
      if (!live) return;
      turn();
      this.after(period, again);
    };
    this.after(period, again);
    return () => live = false;
  }

  /** Calls `act` once, `delay` milliseconds from now. */
  after(delay: number, act: () => void): void {
    const due = { at: this.#now + delay, order: this.#order++, act };
    let at = this.#due.length;
    while (at > 0 && this.#due[at - 1].at > due.at) at--;
    this.#due.splice(at, 0, due);
  }

  /** Moves `span` milliseconds on, doing what falls due in order of time. */
  advance(span: number): void {
    const goal = this.#now + span;
    while (this.#due.length > 0 && this.#due[0].at <= goal) {
      const due = this.#due.shift()!;
      this.#now = due.at;
      due.act();
    }
    this.#now = goal;
  }
}
