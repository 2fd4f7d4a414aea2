import type { Kysely } from "kysely";
import { loadConfiguration } from "../configuration/load_configuration.ts";
import { switchConfiguration } from "../configuration/switch_configuration.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { readLog } from "../log/read_log.ts";
import { TenantRunner, type TenantRunnerPorts } from "./tenant_runner.ts";

/** What {@linkcode TenantRegistry} needs. */
export interface TenantRegistryPorts
  extends Omit<TenantRunnerPorts, "tenantId" | "read" | "deadlineMoved"> {
  db: Kysely<CellTables>;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
  failed: (tenantId: string, error: unknown) => void;
}

/** Timers longer than this are set anew when they fire, in milliseconds. */
const LONGEST_TIMER_MS = 60_000;

/** The runners of this cell's tenants, each made when it is first needed. */
export class TenantRegistry {
  readonly #runners = new Map<string, Promise<TenantRunner | undefined>>();
  readonly #loaded = new Map<string, TenantRunner>();
  readonly #timers = new Map<string, { at: number; cancel: () => void }>();

  constructor(readonly ports: TenantRegistryPorts) {}

  /** A tenant's runner with its state loaded; undefined while it has no configuration. */
  async get(tenantId: string): Promise<TenantRunner | undefined> {
    let runner = this.#runners.get(tenantId);
    if (!runner) {
      runner = this.#open(tenantId);
      this.#runners.set(tenantId, runner);
      runner.then(
        (opened) => opened || this.#runners.delete(tenantId),
        () => this.#runners.delete(tenantId),
      );
    }
    return await runner;
  }

  /** Runners that are loaded. */
  all(): Iterable<TenantRunner> {
    return this.#loaded.values();
  }

  /** Lets a tenant's runner decide by its newest configuration. */
  async reconfigure(tenantId: string): Promise<void> {
    const configuration = await loadConfiguration(this.ports.db, tenantId);
    const runner = await this.get(tenantId);
    if (!runner || !configuration) return;
    await switchConfiguration(this.ports.db, runner, configuration);
  }

  close(): void {
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  async #open(tenantId: string): Promise<TenantRunner | undefined> {
    const configuration = await loadConfiguration(this.ports.db, tenantId);
    if (!configuration) return undefined;
    const runner = new TenantRunner({
      ...this.ports,
      tenantId,
      read: () => readLog(this.ports.db, tenantId),
      deadlineMoved: (at) => this.#schedule(tenantId, at),
    }, configuration);
    await runner.load();
    // The configuration may have changed while the tenant was not loaded.
    await switchConfiguration(this.ports.db, runner, configuration);
    this.#loaded.set(tenantId, runner);
    return runner;
  }

  /** One timer a tenant, for its next deadline. */
  #schedule(tenantId: string, at: number | null): void {
    const known = this.#timers.get(tenantId);
    if (known?.at === at) return;
    known?.cancel();
    this.#timers.delete(tenantId);
    if (at === null) return;
    const wait = Math.min(Math.max(at - this.ports.now(), 0), LONGEST_TIMER_MS);
    this.#timers.set(tenantId, {
      at,
      cancel: this.ports.timer(wait, () => {
        this.#timers.delete(tenantId);
        this.#run(tenantId, at);
      }),
    });
  }

  async #run(tenantId: string, at: number): Promise<void> {
    try {
      const ran = await (await this.get(tenantId))?.runDeadlines();
      if (ran === false && !this.#timers.has(tenantId)) this.#schedule(tenantId, at);
    } catch (error) {
      this.ports.failed(tenantId, error);
      this.#schedule(tenantId, this.ports.now() + 1000);
    }
  }
}
