import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { LeaseAnswer } from "../../protocol/keeper/lease_answer.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { Lease } from "./lease.ts";
import type { LeaseSource } from "./lease_source.ts";

/** What a {@linkcode LeaseGuard} works with. */
export interface LeaseGuardPorts {
  source: LeaseSource;
  /** Milliseconds that never go back and count suspended time: `systemBootClock`. */
  clock: () => number;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
  log: Pick<Logger, "info" | "warn">;
  /** Pause between two questions while somebody is known to act, in milliseconds. */
  everyMs?: number;
  /** After this long a question counts as unanswered, in milliseconds. */
  askMs?: number;
}

const EVERY_MS = 200;
/** Pause while nobody acts: it may be this process's turn at any moment, and everybody waits. */
const HASTE_MS = 50;
const ASK_MS = 500;
/** Longest that a timer is set for at once, in milliseconds. */
const LONGEST_MS = 60_000;

/**
 * Knows at every moment whether this process may act for its cluster. It asks all the time; an
 * answer counts from before it was asked for, an unanswered question changes nothing, and a refusal
 * counts at once.
 */
export class LeaseGuard {
  #until = -Infinity;
  #active: LeaseAnswer["active"] = null;
  #asked = 0;
  #reachable = true;
  #cancel = () => {};
  #closed = false;
  /** Called when an answer came or the lease ran out. */
  #watchers = new Set<() => void>();

  constructor(readonly ports: LeaseGuardPorts) {}

  /** Whether the lease holds at this moment. */
  get held(): boolean {
    return this.ports.clock() < this.#until;
  }

  /** Where the cluster is active, as was said last. */
  get active(): LeaseAnswer["active"] {
    return this.#active;
  }

  /** Begins to ask. */
  start(): void {
    this.#round();
  }

  /** Asks no more. What holds runs out. */
  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  /** Calls `heard` after every answer, and when the lease has run out; returns how to stop that. */
  watch(heard: () => void): () => void {
    this.#watchers.add(heard);
    return () => this.#watchers.delete(heard);
  }

  /**
   * Resolves as soon as the lease holds.
   * @throws the signal's reason when it is aborted before
   */
  async acquired(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => {
      if (signal.aborted) reject(signal.reason);
      else if (this.held) resolve();
    };
    const stop = this.watch(look);
    signal.addEventListener("abort", look);
    look();
    try {
      await promise;
    } finally {
      stop();
      signal.removeEventListener("abort", look);
    }
  }

  /**
   * The lease for one life of a cell, from now until it is interrupted for the first time.
   * @throws AntiphonError `not_active` when it does not hold
   */
  hold(): Lease {
    if (!this.held) throw notActive();
    return new Hold(this, this.ports);
  }

  /** When what was granted ends, by the guard's clock. */
  get until(): number {
    return this.#until;
  }

  async #round(): Promise<void> {
    const { source, clock, timer, everyMs = EVERY_MS, askMs = ASK_MS } = this.ports;
    const number = ++this.#asked;
    const before = clock();
    const limit = Promise.withResolvers<never>();
    const cancel = timer(askMs, () => limit.reject(new Error("The lease's source is silent")));
    try {
      const answer = await Promise.race([source.ask(), limit.promise]);
      if (number === this.#asked && !this.#closed) this.#hear(answer, before);
    } catch (error) {
      if (this.#reachable) this.ports.log.warn("lease.source-silent", { error });
      this.#reachable = false;
    } finally {
      cancel();
      for (const heard of [...this.#watchers]) heard();
      const idle = this.#reachable && !this.held && this.#active === null;
      const pause = idle ? Math.min(HASTE_MS, everyMs) : everyMs;
      if (!this.#closed) this.#cancel = timer(pause, () => void this.#round());
    }
  }

  #hear(answer: LeaseAnswer, before: number): void {
    const held = this.held;
    this.#until = answer.held ? before + answer.validMs : -Infinity;
    this.#active = answer.active;
    if (!this.#reachable) this.ports.log.info("lease.source-answers");
    this.#reachable = true;
    if (held !== this.held) {
      this.ports.log.info(this.held ? "lease.held" : "lease.not-held", { active: answer.active });
    }
  }
}

/** One uninterrupted time of holding. */
class Hold implements Lease {
  readonly ended: Promise<void>;
  #over = false;
  readonly #end: () => void;
  #cancel = () => {};
  readonly #stop: () => void;

  constructor(readonly guard: LeaseGuard, readonly ports: LeaseGuardPorts) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#stop = guard.watch(() => this.#look());
    this.#look();
  }

  get held(): boolean {
    if (!this.#over && !this.guard.held) {
      this.#over = true;
      this.#cancel();
      this.#stop();
      this.#end();
    }
    return !this.#over;
  }

  check(): void {
    if (!this.held) throw notActive();
  }

  /** Looks again when what was granted last is over. */
  #look(): void {
    this.#cancel();
    if (!this.held) return;
    const left = Math.max(this.guard.until - this.ports.clock(), 1);
    if (left <= LONGEST_MS) this.#cancel = this.ports.timer(left, () => this.#look());
  }
}

function notActive(): AntiphonError {
  return new AntiphonError(
    "not_active",
    "This cell does not act for its cluster now: ask the cluster's other address",
  );
}
