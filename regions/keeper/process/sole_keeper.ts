import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { KeptServer } from "../decisions/kept_server.ts";
import type { ServerObservation } from "../decisions/server_observation.ts";

/** Between two looks, in milliseconds. */
const LOOK_MS = 250;
/** Pauses after failed starts: doubled from the first to the second. */
const RETRY_MS = [250, 15_000] as const;

/** What a {@linkcode SoleKeeper} works with. */
export interface SoleKeeperOptions {
  server: KeptServer;
  now: () => number;
  log: Logger;
}

/** Keeps a server that has no standby: it is started again, with growing pauses, when it ends. */
export class SoleKeeper {
  readonly #options: SoleKeeperOptions;
  #seen: ServerObservation | null = null;
  #failures = 0;
  #retryAt = -Infinity;
  #problem: string | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #busy: Promise<void> | null = null;

  constructor(options: SoleKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#turn(), LOOK_MS);
    this.#turn();
  }

  /** The last look, and what is wrong. */
  get picture(): { server: ServerObservation | null; problem: string | null } {
    return { server: this.#seen, problem: this.#problem };
  }

  /** Ends; the server runs on. */
  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  /** Ends, and the server with it. */
  async stop(): Promise<void> {
    await this.leave();
    await this.#options.server.stop("fast");
  }

  #turn(): void {
    this.#busy ??= this.#keep().finally(() => this.#busy = null);
  }

  async #keep(): Promise<void> {
    const { server, now, log } = this.#options;
    const seen = this.#seen = await server.observe();
    if (seen.running || now() < this.#retryAt) {
      // A standby's data is no use here.
      if (seen.recovery) this.#problem = "the server is a standby: promote it, or remove its data";
      else if (seen.accepting) this.#problem = null;
      return;
    }
    try {
      log.info("server.starting", { hasData: seen.hasData });
      if (seen.hasData) await server.startPrimary(null);
      else await server.bootstrap();
      this.#failures = 0;
      this.#problem = null;
      this.#seen = await server.observe();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      this.#retryAt = now() + Math.min(RETRY_MS[0] * 2 ** this.#failures++, RETRY_MS[1]);
      log.error("server.start-failed", { error });
    }
  }
}
