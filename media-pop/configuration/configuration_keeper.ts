import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { ConfigurationCache } from "./configuration_cache.ts";
import { Directory } from "./directory.ts";
import type { SignedConfiguration } from "./signed_configuration.ts";
import { type ConfigurationSource, fetchConfiguration } from "./fetch_configuration.ts";

/** Times of the keeper, in milliseconds; `wait` in seconds. */
export interface KeeperTimes {
  /** How long the first answer may take before the disk is good enough. */
  first: number;
  /** Long poll, seconds. */
  wait: number;
  firstBackoff: number;
  longestBackoff: number;
}

/** The times used outside tests. */
export const KEEPER_TIMES: KeeperTimes = {
  first: 3000,
  wait: 20,
  firstBackoff: 500,
  longestBackoff: 10_000,
};

/** What a {@linkcode ConfigurationKeeper} needs of its surroundings. */
export interface KeeperOptions {
  source: ConfigurationSource;
  cache: ConfigurationCache;
  times: KeeperTimes;
  log: Logger;
  counters: Counters;
  onChange: (directory: Directory) => void;
  random?: () => number;
}

/**
 * Keeps the PoP's configuration fresh by long polling, and on disk, so that the PoP works and
 * starts while the control plane is away.
 */
export class ConfigurationKeeper {
  readonly #options: KeeperOptions;
  readonly #stop = new AbortController();
  #directory: Directory | null = null;
  /** Of the newest configuration that was ever believed. */
  #sequence = -1;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** The newest configuration. @throws AntiphonError `unavailable` before `start` is done */
  get directory(): Directory {
    if (!this.#directory) {
      throw new AntiphonError("unavailable", "The configuration has not been read yet");
    }
    return this.#directory;
  }

  /**
   * Gets a first configuration, from the control plane or from disk, and goes on polling. The disk
   * is looked at in any case: what was told before is never taken back.
   * @throws AntiphonError when there is neither
   */
  async start(): Promise<Directory> {
    const { source, cache, times, log } = this.#options;
    const kept = await cache.read(source);
    this.#sequence = kept?.sequence ?? -1;
    try {
      const fresh = await fetchConfiguration(source, null, 0, AbortSignal.timeout(times.first));
      if (fresh) await this.#adopt(fresh);
    } catch (error) {
      this.#note(error);
      if (!kept) throw error;
      log.warn("configuration.from_disk", { version: kept.configuration.version, error });
      this.#use(kept);
    }
    this.#loop = this.#poll();
    return this.directory;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #poll(): Promise<void> {
    const { source, times, log, counters, random = Math.random } = this.#options;
    const stop = this.#stop.signal;
    for (let failures = 0; !stop.aborted;) {
      try {
        const limit = AbortSignal.timeout(times.wait * 1000 + 10_000);
        const version = this.directory.configuration.version;
        const began = Date.now();
        const signal = AbortSignal.any([stop, limit]);
        const fresh = await fetchConfiguration(source, version, times.wait, signal);
        failures = 0;
        counters.set("antiphon_control_plane_up", 1);
        if (fresh) await this.#adopt(fresh);
        // A server that answers 304 at once must not be asked in a tight loop.
        else if (Date.now() - began < 200) await pause(times.firstBackoff, stop);
      } catch (error) {
        if (stop.aborted) return;
        counters.set("antiphon_control_plane_up", 0);
        this.#note(error);
        if (failures === 0) log.warn("configuration.control_plane_away", { error });
        const backoff = Math.min(times.longestBackoff, times.firstBackoff * 2 ** failures++);
        await pause(backoff * (0.5 + random() / 2), stop);
      }
    }
  }

  async #adopt(signed: SignedConfiguration): Promise<void> {
    if (signed.sequence < this.#sequence) {
      throw new AntiphonError("configuration_invalid", "The configuration is older than ours", {
        data: { sequence: signed.sequence, known: this.#sequence },
      });
    }
    this.#use(signed);
    try {
      await this.#options.cache.write(signed);
    } catch (error) {
      // The PoP works on; only a restart without the control plane would miss this version.
      this.#options.log.error("configuration.not_kept", { error });
    }
  }

  #use({ configuration, sequence }: SignedConfiguration): void {
    const { log, onChange } = this.#options;
    this.#sequence = sequence;
    this.#directory = new Directory(configuration);
    log.info("configuration.changed", {
      version: configuration.version,
      sequence,
      tenants: configuration.tenants.length,
      trunks: configuration.trunks.length,
    });
    onChange(this.#directory);
  }

  /** What came and was not believed is more than an outage. */
  #note(error: unknown): void {
    if (!(error instanceof AntiphonError) || error.code === "unavailable") return;
    this.#options.counters.add("antiphon_configuration_refused_total", { code: error.code });
    this.#options.log.error("configuration.refused", { error });
  }
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener("abort", done);
  });
}
