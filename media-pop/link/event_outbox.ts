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
  #kept: NumberedEvent[] = [];
  #seq = 0;
  #dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Keeps an event and gives it the next number. */
  append(placed: PlacedCallEvent): NumberedEvent {
    const event = { seq: ++this.#seq, placed };
    this.#kept.push(event);
    if (this.#kept.length > this.#limit) {
      this.#kept.shift();
      this.#dropped++;
    }
    return event;
  }

  /** Forgets everything up to `seq`. */
  ack(seq: number): void {
    const first = this.#kept.findIndex((event) => event.seq > seq);
    this.#kept = first === -1 ? [] : this.#kept.slice(first);
  }

  /** What is kept after `seq`, in order. */
  after(seq: number): NumberedEvent[] {
    return this.#kept.filter((event) => event.seq > seq);
  }

  /** How many events wait for their acknowledgement. */
  get size(): number {
    return this.#kept.length;
  }

  /** How many events were dropped, ever. */
  get dropped(): number {
    return this.#dropped;
  }
}
