import type { EventQueue } from "../../clock/event_queue.ts";
import type { Random } from "../../random/random.ts";
import type { Process } from "./process.ts";

/** One direction between two sites. */
export interface Wire {
  cut: boolean;
  delayMs: number;
  /** From 0 to 1. */
  loss: number;
}

/** A place in the network. */
export interface Place {
  site: string;
  process: Process;
}

const NEAR: Wire = { cut: false, delayMs: 0.5, loss: 0 };

/** The network between the sites: messages take their time, get lost, and overtake each other. */
export class Wires {
  readonly #wires = new Map<string, Wire>();

  constructor(readonly queue: EventQueue, readonly random: Random, readonly farMs: number) {}

  /** The direction from one site to another, to be changed in place. */
  wire(from: string, to: string): Wire {
    if (from === to) return NEAR;
    const key = `${from}>${to}`;
    let wire = this.#wires.get(key);
    if (!wire) this.#wires.set(key, wire = { cut: false, delayMs: this.farMs, loss: 0.001 });
    return wire;
  }

  both(a: string, b: string, change: Partial<Wire>): void {
    Object.assign(this.wire(a, b), change);
    Object.assign(this.wire(b, a), change);
  }

  /** All as it was. */
  heal(): void {
    for (const wire of this.#wires.values()) {
      Object.assign(wire, { cut: false, delayMs: this.farMs, loss: 0.001 });
    }
  }

  /** One message; it arrives once or not at all. */
  send(from: string, to: string, arrive: () => void): void {
    const wire = this.wire(from, to);
    if (wire.cut || this.random.chance(wire.loss)) return;
    const late = this.random.chance(0.02) ? this.random.exponential(wire.delayMs) : 0;
    this.queue.after(wire.delayMs * (0.9 + this.random.unit() / 5) + late, () => {
      if (!wire.cut) arrive();
    });
  }

  /** A request to a process and its answer; either may get lost. */
  call<T>(
    from: Place,
    to: Place,
    handle: (answer: (value: T) => void) => void,
    answered: (value: T) => void,
  ): void {
    const { generation } = from.process;
    this.send(from.site, to.site, () => {
      to.process.run(
        to.process.generation,
        () =>
          handle((value) =>
            this.send(to.site, from.site, () => from.process.run(generation, () => answered(value)))
          ),
      );
    });
  }
}
