import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";

/** An event with its number within this boot. */
export interface NumberedEvent {
  seq: number;
  placed: PlacedCallEvent;
}

/**
 * Events for one cluster, numbered from 1, kept until the cell has committed them. Past its limit
 * the oldest are dropped and counted: a cell that is away for that long rebuilds from live calls.
 */
export class EventOutbox {
  readonly #limit: number;
  /** Numbers follow each other; what lies before `#head` is forgotten and cut off now and then. */
  #kept: NumberedEvent[] = [];
  #head = 0;
  #seq = 0;
  #dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Keeps an event and gives it the next number. Amortised O(1). */
  append(placed: PlacedCallEvent): NumberedEvent {
    const event = { seq: ++this.#seq, placed };
    this.#kept.push(event);
    if (this.size > this.#limit) {
      this.#dropped++;
      this.#forget(1);
    }
    return event;
  }

  /** Forgets everything up to `seq`. Amortised O(events forgotten). */
  ack(seq: number): void {
    this.#forget(this.#countUpTo(seq));
  }

  /** What is kept after `seq`, in order. */
  after(seq: number): NumberedEvent[] {
    return this.#kept.slice(this.#head + this.#countUpTo(seq));
  }

  /** How many events wait for their acknowledgement. */
  get size(): number {
    return this.#kept.length - this.#head;
  }

  /** How many events were dropped, ever. */
  get dropped(): number {
    return this.#dropped;
  }

  #countUpTo(seq: number): number {
    const first = this.#seq - this.size + 1;
    return Math.max(0, Math.min(this.size, seq - first + 1));
  }

  #forget(count: number): void {
    this.#head += count;
    if (this.#head < 1024 || this.#head * 2 < this.#kept.length) return;
    this.#kept = this.#kept.slice(this.#head);
    this.#head = 0;
  }
}
