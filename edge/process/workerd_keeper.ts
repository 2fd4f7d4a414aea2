import type { Logger } from "../../protocol/telemetry/logger.ts";
import { pause } from "./pause.ts";

/** The part of a running workerd that the keeper uses. */
export interface Kept {
  readonly port: number;
  readonly child: { readonly pid: number; readonly status: Promise<Deno.CommandStatus> };
  stop(): Promise<void>;
}

const FIRST_RESTART_MS = 100;
const LAST_RESTART_MS = 5_000;
/** A workerd that has run for so long was well: the next restart is quick again. */
const STEADY_MS = 30_000;

/** Keeps one workerd running: starts it again whenever it ends, or when it is told to. */
export class WorkerdKeeper {
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;
  #replacing: Promise<void> | null = null;

  private constructor(
    private current: Kept,
    readonly launch: () => Promise<Kept>,
    readonly log: Logger,
  ) {
    this.#watching = this.#watch();
  }

  /** Starts it for the first time; throws what `launch` throws. */
  static async start(launch: () => Promise<Kept>, log: Logger): Promise<WorkerdKeeper> {
    return new WorkerdKeeper(await launch(), launch, log);
  }

  /** The process id just now. */
  get pid(): number {
    return this.current.child.pid;
  }

  /**
   * Ends it and starts another. Two cannot run at once: they would share their databases. One that
   * does not start is tried again as if it had ended by itself; then this throws why.
   * @param drain what to wait for first
   */
  async replace(drain: () => Promise<unknown>): Promise<void> {
    while (this.#replacing) await this.#replacing.catch(() => {});
    if (this.#stopping.signal.aborted) return;
    this.#replacing = this.#replace(drain).finally(() => this.#replacing = null);
    await this.#replacing;
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#replacing?.catch(() => {});
    await this.current.stop();
    await this.#watching;
    await this.current.stop();
  }

  async #replace(drain: () => Promise<unknown>): Promise<void> {
    await drain();
    await this.current.stop();
    this.current = await this.launch();
  }

  async #watch(): Promise<void> {
    let wait = FIRST_RESTART_MS;
    let startedAt = Date.now();
    for (;;) {
      const watched = this.current;
      const { code, signal } = await watched.child.status;
      await this.#replacing?.catch(() => {});
      if (this.#stopping.signal.aborted) return;
      if (this.current !== watched) continue;
      this.log.error("workerd.ended", { code, signal });
      if (Date.now() - startedAt > STEADY_MS) wait = FIRST_RESTART_MS;
      await pause(wait, this.#stopping.signal);
      await this.#replacing?.catch(() => {});
      if (this.#stopping.signal.aborted) return;
      if (this.current !== watched) continue;
      wait = Math.min(wait * 2, LAST_RESTART_MS);
      startedAt = Date.now();
      this.#replacing = this.launch().then(
        (next) => void (this.current = next),
        (error) => this.log.error("workerd.not_started", { error }),
      ).finally(() => this.#replacing = null);
      await this.#replacing;
    }
  }
}
