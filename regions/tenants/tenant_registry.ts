import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { loadConfiguration } from "../configuration/load_configuration.ts";
import { switchConfiguration } from "../configuration/switch_configuration.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { carriedOut } from "../log/carried_out.ts";
import { readLog } from "../log/read_log.ts";
import type { WarmTenant } from "../standby/warm_tenant.ts";
import { hashEncoded } from "./snapshot/hash_state.ts";
import { loadSnapshot } from "./snapshot/load_snapshot.ts";
import { storeSnapshot } from "./snapshot/store_snapshot.ts";
import { TenantRunner, type TenantRunnerPorts } from "./tenant_runner.ts";

/** What {@linkcode TenantRegistry} needs. */
export interface TenantRegistryPorts
  extends Omit<TenantRunnerPorts, "tenantId" | "read" | "deadlineMoved" | "snapshots" | "warm"> {
  db: Kysely<CellTables>;
  /** What may be lost with the region is written over these connections. */
  background: Kysely<CellTables>;
  /** States that are level with the log, or nearly so, by tenant. */
  warm?: ReadonlyMap<string, WarmTenant>;
  log: Logger;
  counters: Counters;
  /** Events between two snapshots of a tenant at least. */
  snapshotEvery: number;
  /** Called when a tenant that could not be opened is there after all. */
  recovered: (tenantId: string) => void;
  /** Makes sure that a tenant has a key for its sensitive values. */
  ensureKey?: (tenantId: string) => Promise<unknown>;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
  failed: (tenantId: string, error: unknown) => void;
}

/** Timers longer than this are set anew when they fire, in milliseconds. */
const LONGEST_TIMER_MS = 60_000;

/** A tenant that cannot be opened is tried again after this long, then ever less often. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** Time that last snapshots may take when the process ends. */
const CLOSE_MS = 4_000;

/** A tenant whose log or configuration could not be read. */
interface Failure {
  error: unknown;
  attempts: number;
  cancel: () => void;
}

/** The runners of this cell's tenants, each made when it is first needed. */
export class TenantRegistry {
  readonly #runners = new Map<string, Promise<TenantRunner | undefined>>();
  readonly #loaded = new Map<string, TenantRunner>();
  readonly #timers = new Map<string, { at: number; cancel: () => void }>();
  readonly #failures = new Map<string, Failure>();
  #closed = false;

  readonly #warm: Map<string, WarmTenant>;

  constructor(readonly ports: TenantRegistryPorts) {
    this.#warm = new Map(ports.warm);
  }

  /**
   * A tenant's runner with its state loaded; undefined while it has no configuration.
   * @throws AntiphonError `unavailable` while the tenant cannot be read; it is tried again by
   * itself, and the others are not affected
   */
  async get(tenantId: string): Promise<TenantRunner | undefined> {
    const failure = this.#failures.get(tenantId);
    if (failure) throw unavailable(failure.error);
    let runner = this.#runners.get(tenantId);
    if (!runner) {
      runner = this.#open(tenantId);
      this.#runners.set(tenantId, runner);
      runner.then(
        (opened) => opened || this.#runners.delete(tenantId),
        (error) => this.#failed(tenantId, error),
      );
    }
    try {
      return await runner;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Ids of the tenants that cannot be read at present. */
  get failing(): string[] {
    return [...this.#failures.keys()];
  }

  /** Runners that are loaded. */
  all(): Iterable<TenantRunner> {
    return this.#loaded.values();
  }

  /** Lets a tenant's runner decide by its newest configuration. */
  async reconfigure(tenantId: string): Promise<void> {
    const failure = this.#failures.get(tenantId);
    if (failure) {
      // A configuration that could not be read may have been the reason.
      failure.cancel();
      return await this.#retry(tenantId);
    }
    const configuration = await loadConfiguration(this.ports.db, tenantId);
    const runner = await this.get(tenantId);
    if (!runner || !configuration) return;
    await switchConfiguration(this.ports.db, runner, configuration);
  }

  /** Ends all timers. */
  close(): void {
    this.#closed = true;
    for (const { cancel } of this.#timers.values()) cancel();
    for (const { cancel } of this.#failures.values()) cancel();
    this.#timers.clear();
  }

  /** Takes last snapshots, as far as there is time, so that the next start is quick. */
  async saveSnapshots(): Promise<void> {
    const until = this.ports.now() + CLOSE_MS;
    for (const runner of this.#loaded.values()) {
      if (this.ports.now() < until) await runner.close();
    }
  }

  async #open(tenantId: string): Promise<TenantRunner | undefined> {
    const { db, epoch } = this.ports;
    const known = await loadConfiguration(db, tenantId);
    if (!known) return undefined;
    const { stored } = known;
    if (!stored.sealKey) await this.ports.ensureKey?.(tenantId);
    const configuration = stored.sealKey ? known : (await loadConfiguration(db, tenantId))!;
    const runner = new TenantRunner({
      ...this.ports,
      tenantId,
      read: (after) => readLog(db, tenantId, { after, epoch }),
      carriedOut: (most) => carriedOut(db, tenantId, most),
      snapshots: this.#snapshots(tenantId),
      warm: this.#takeWarm(tenantId),
      deadlineMoved: (at) => this.#schedule(tenantId, at),
    }, configuration);
    await runner.load();
    // Waits until what the configuration means for the state is durable.
    await switchConfiguration(this.ports.db, runner, configuration);
    this.#loaded.set(tenantId, runner);
    return runner;
  }

  /** A state is given to one runner, once. */
  #takeWarm(tenantId: string): WarmTenant | undefined {
    const warm = this.#warm.get(tenantId);
    this.#warm.delete(tenantId);
    return warm;
  }

  #snapshots(tenantId: string): TenantRunnerPorts["snapshots"] {
    const { db, background, log, counters, snapshotEvery, now, timer } = this.ports;
    const later = (run: () => void) => void timer(0, run);
    return {
      every: snapshotEvery,
      newest: () => loadSnapshot(db, tenantId, log),
      store: async (encoded) => {
        const hash = await hashEncoded(encoded, () => new Promise(later));
        await storeSnapshot(background, tenantId, now(), encoded, hash);
        counters.add("antiphon_snapshots_total");
      },
      later,
      failed: (error) => log.warn("snapshot.not-taken", { tenantId, error }),
    };
  }

  /** One tenant's trouble is logged and tried again, less and less often. */
  #failed(tenantId: string, error: unknown): void {
    const attempts = (this.#failures.get(tenantId)?.attempts ?? 0) + 1;
    const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
    this.ports.log.error("tenant.failed", { tenantId, attempts, error });
    const cancel = this.#closed ? () => {} : this.ports.timer(wait, () => this.#retry(tenantId));
    this.#failures.set(tenantId, { error, attempts, cancel });
    this.ports.counters.set("antiphon_tenants_failed", this.#failures.size);
  }

  async #retry(tenantId: string): Promise<void> {
    try {
      const runner = await this.#open(tenantId);
      if (runner) this.#runners.set(tenantId, Promise.resolve(runner));
      else this.#runners.delete(tenantId);
      this.#failures.delete(tenantId);
      this.ports.counters.set("antiphon_tenants_failed", this.#failures.size);
      this.ports.log.info("tenant.recovered", { tenantId });
      this.ports.recovered(tenantId);
    } catch (error) {
      this.#failed(tenantId, error);
    }
  }

  /** One timer a tenant, for its next deadline. */
  #schedule(tenantId: string, at: number | null): void {
    const known = this.#timers.get(tenantId);
    if (known?.at === at) return;
    known?.cancel();
    this.#timers.delete(tenantId);
    if (at === null || this.#closed) return;
    const wait = Math.min(Math.max(at - this.ports.now(), 0), LONGEST_TIMER_MS);
    this.#timers.set(tenantId, {
      at,
      cancel: this.ports.timer(wait, () => {
        this.#timers.delete(tenantId);
        this.#run(tenantId);
      }),
    });
  }

  async #run(tenantId: string): Promise<void> {
    try {
      await (await this.get(tenantId))?.runDeadlines();
    } catch (error) {
      this.ports.failed(tenantId, error);
      this.#schedule(tenantId, this.ports.now() + 1000);
    }
  }
}

function unavailable(cause: unknown): AntiphonError {
  if (cause instanceof AntiphonError && cause.code === "stale_epoch") return cause;
  const why = cause instanceof AntiphonError ? `: ${cause.message}` : "";
  return new AntiphonError("unavailable", `The tenant cannot be read at present${why}`, { cause });
}
