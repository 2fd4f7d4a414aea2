import type { Random } from "../random/random.ts";
import type { Network } from "./network.ts";

/** One end of a {@linkcode Pipe}. */
export interface PipeEnd {
  receive(text: string): void;
  /** The pipe is gone; called once. */
  closed(): void;
}

type Side = "near" | "far";

/** Silence that the near side notices by its pings, and the far side in its own time, in ms. */
const NOTICED = { near: 2_300, far: 12_000 };

/**
 * A connection like a WebSocket: what arrives does so in order; when it is cut, what is on its way
 * is lost, and each side hears of it in its own time.
 */
export class Pipe {
  #open = true;
  readonly #last = { near: 0, far: 0 };
  readonly #told = { near: false, far: false };
  readonly #ends: { near: PipeEnd; far: PipeEnd };

  constructor(
    readonly network: Network,
    readonly random: Random,
    near: PipeEnd,
    far: PipeEnd,
  ) {
    this.#ends = { near, far };
  }

  get open(): boolean {
    return this.#open;
  }

  /** Sends towards a side. In bad weather the connection may break instead. */
  send(to: Side, text: string): void {
    if (!this.#open) return;
    if (this.network.lost(this.random)) return this.cut(NOTICED.near, NOTICED.far);
    const { queue } = this.network;
    const at = Math.max(this.#last[to], queue.now + this.network.latency(this.random));
    this.#last[to] = at;
    queue.at(at, () => this.#open && this.#ends[to].receive(text));
  }

  /** Closes from one side; the other hears of it after what is on its way. */
  close(by: Side): void {
    if (!this.#open) return;
    const other = by === "near" ? "far" : "near";
    this.#told[by] = true;
    const { queue } = this.network;
    const at = Math.max(this.#last[other], queue.now + this.network.latency(this.random));
    queue.at(at, () => {
      this.#open = false;
      this.#tell(other);
    });
  }

  /** Breaks it: each side hears of it within so many milliseconds. */
  cut(near: number, far = near): void {
    if (!this.#open) return;
    this.#open = false;
    for (const [side, within] of [["near", near], ["far", far]] as const) {
      this.network.queue.after(this.random.between(1, within), () => this.#tell(side));
    }
  }

  #tell(side: Side): void {
    if (this.#told[side]) return;
    this.#told[side] = true;
    this.#ends[side].closed();
  }
}
