import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { StoredConfiguration } from "./configuration_calls.ts";
import type { ConfigurationStore } from "./configuration_store.ts";

/** What following needs of the world. */
export interface FollowerPorts {
  /** Null: nothing newer than `known`. */
  fetch(known: string | null, waitSeconds: number): Promise<StoredConfiguration | null>;
  now(): number;
  pause(ms: number): Promise<void>;
  log: Logger;
}

/** Seconds the control plane may wait before it says that nothing has changed. */
const LONG_POLL_SECONDS = 20;
/** An unchanged answer that came sooner was no long poll; asking again at once would be a loop. */
const TOO_SOON_MS = 1_000;
const POLL_MS = 1_500;
const CHANGED_MS = 100;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
const DEMAND_MS = 250;

/**
 * Follows the control plane: long polls, and keeps the last snapshot when no answer comes. Also
 * asks on demand, when somebody names what the snapshot does not know.
 */
export class ConfigurationFollower {
  #failures = 0;
  #demandedAt = -Infinity;
  #demand: Promise<void> | null = null;

  constructor(readonly store: ConfigurationStore, readonly ports: FollowerPorts) {}

  /** One round. Returns the milliseconds until the next should start; never throws. */
  async follow(): Promise<number> {
    const startedAt = this.ports.now();
    const held = this.store.held !== null;
    const outcome = await this.#ask(held ? LONG_POLL_SECONDS : 0);
    if (outcome === "failed") {
      this.#failures += 1;
      return Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LAST_RETRY_MS);
    }
    this.#failures = 0;
    if (outcome === "changed") return CHANGED_MS;
    return this.ports.now() - startedAt < TOO_SOON_MS ? POLL_MS : 0;
  }

  /**
   * Asks at once, or a quarter of a second after the last time. Whoever comes meanwhile waits for
   * the same answer. Never throws.
   */
  demand(): Promise<void> {
    this.#demand ??= this.#askOnDemand().finally(() => this.#demand = null);
    return this.#demand;
  }

  async #askOnDemand(): Promise<void> {
    const wait = this.#demandedAt + DEMAND_MS - this.ports.now();
    if (wait > 0) await this.ports.pause(wait);
    this.#demandedAt = this.ports.now();
    await this.#ask(0);
  }

  async #ask(waitSeconds: number): Promise<"changed" | "same" | "failed"> {
    const known = this.store.held?.version ?? null;
    try {
      const next = await this.ports.fetch(known, waitSeconds);
      if (next === null || next.version === this.store.held?.version) return "same";
      // Another question was answered meanwhile; this answer may be the older one.
      if ((this.store.held?.version ?? null) !== known) return "same";
      if (next.sequence < (this.store.held?.sequence ?? -1)) throw older(next);
      this.store.hold(next);
      const { version, sequence } = next;
      this.ports.log.info("configuration.changed", { version, sequence });
      return "changed";
    } catch (error) {
      const refused = error instanceof AntiphonError && error.code !== "unavailable";
      if (refused) this.ports.log.error("configuration.refused", { held: known, error });
      else this.ports.log.warn("configuration.unreachable", { held: known, error });
      return "failed";
    }
  }
}

function older({ sequence }: StoredConfiguration): AntiphonError {
  return new AntiphonError("configuration_invalid", "The snapshot is older than ours", {
    data: { sequence },
  });
}
