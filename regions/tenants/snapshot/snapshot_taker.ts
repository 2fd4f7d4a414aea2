import type { TenantState } from "../tenant_state.ts";
import { type EncodedState, encodeState } from "./encode_state.ts";

/** What a {@linkcode SnapshotTaker} works with. */
export interface SnapshotTakerPorts {
  /** Events between two snapshots at least. */
  every: number;
  /** Stores a snapshot whose last event is durable. */
  store: (encoded: EncodedState) => Promise<void>;
  /** Runs `run` after what is ready now has had its turn. */
  later: (run: () => void) => void;
  failed: (error: unknown) => void;
}

/**
 * Takes one tenant's snapshots beside its decisions: the copy is made between two turns of the
 * event loop, at most one entry for two events, and stored once all it contains is durable.
 */
export class SnapshotTaker {
  #state: TenantState | null = null;
  #durable = 0;
  #last = 0;
  #threshold: number;
  #scheduled = false;
  /** Taken of a state whose last events are being committed. */
  #pending: EncodedState | null = null;
  #storing: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(readonly ports: SnapshotTakerPorts) {
    this.#threshold = ports.every;
  }

  /** A state was made from the snapshot of number `from` and the log behind it: all is durable. */
  loaded(state: TenantState, from: number): void {
    this.#state = state;
    this.#durable = state.seq;
    this.#last = from;
    this.#consider();
  }

  /** The state holds what was never committed: nothing more is taken of it. */
  dropped(): void {
    this.#state = null;
    this.#pending = null;
  }

  /** All events up to this number are durable. O(1) but for one call in many. */
  committed(seq: number): void {
    if (!this.#state) return;
    this.#durable = Math.max(this.#durable, seq);
    if (this.#pending) this.#offer(this.#pending);
    else this.#consider();
  }

  /** Takes a last snapshot if there is something new and all of it is durable; waits for it. */
  async close(): Promise<void> {
    await this.#storing;
    const state = this.#state;
    if (!state || state.seq !== this.#durable || state.seq === this.#last) return;
    this.#take(state);
    await this.#storing;
  }

  #consider(): void {
    if (this.#scheduled || this.#busy || this.#durable - this.#last < this.#threshold) return;
    this.#scheduled = true;
    this.ports.later(() => {
      this.#scheduled = false;
      if (this.#state && !this.#pending) this.#take(this.#state);
    });
  }

  #take(state: TenantState): void {
    const encoded = encodeState(state);
    this.#last = encoded.seq;
    this.#threshold = Math.max(this.ports.every, 2 * encoded.entries);
    this.#offer(encoded);
  }

  #offer(encoded: EncodedState): void {
    this.#pending = encoded.seq > this.#durable ? encoded : null;
    if (this.#pending) return;
    this.#busy = true;
    this.#storing = this.ports.store(encoded).catch(this.ports.failed)
      .finally(() => this.#busy = false);
  }
}
