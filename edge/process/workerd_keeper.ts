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

/** Keeps one workerd running: starts it again, on the same port, whenever it ends. */
export class WorkerdKeeper {
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;

  private constructor(
    private current: Kept,
    readonly launch: (port: number) => Promise<Kept>,
    readonly log: Logger,
  ) {
    this.#watching = this.#watch();
  }

  /** Starts it for the first time; throws what `launch` throws. */
  static async start(
    port: number,
    launch: (port: number) => Promise<Kept>,
    log: Logger,
  ): Promise<WorkerdKeeper> {
    return new WorkerdKeeper(await launch(port), launch, log);
  }

  get port(): number {
    return this.current.port;
  }

  /** The process id just now. */
  get pid(): number {
    return this.current.child.pid;
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.current.stop();
    await this.#watching;
    await this.current.stop();
  }

  async #watch(): Promise<void> {
    const { port } = this.current;
    let wait = FIRST_RESTART_MS;
    let startedAt = Date.now();
    for (;;) {
      const { code, signal } = await this.current.child.status;
      if (this.#stopping.signal.aborted) return;
      this.log.error("workerd.ended", { code, signal });
      if (Date.now() - startedAt > STEADY_MS) wait = FIRST_RESTART_MS;
      await pause(wait, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      wait = Math.min(wait * 2, LAST_RESTART_MS);
      startedAt = Date.now();
      await this.launch(port).then(
        (next) => this.current = next,
        (error) => this.log.error("workerd.not_started", { error }),
      );
    }
  }
}
