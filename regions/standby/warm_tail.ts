import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { type SchemaFit, schemaFit } from "../database/schema_fit.ts";
import { eventsOfRow } from "../log/events_of_row.ts";
import { evolve } from "../tenants/evolve.ts";
import { knownHeads } from "./known_heads.ts";
import { serverPosition } from "../database/server_position.ts";
import { type TailRow, tailRows } from "./tail_rows.ts";
import type { WarmTenant } from "./warm_tenant.ts";
import { warmTenantFrom } from "./warm_tenant_from.ts";

/** What a {@linkcode WarmTail} works with. */
export interface WarmTailPorts {
  db: Kysely<CellTables>;
  log: Logger;
  /** Milliseconds of any origin that never go back. */
  clock: () => number;
}

/** Rows of a tenant read at once: each page is handled in one go. */
const PAGE = 500;
/** Rows read at once of all tenants together. */
const ROWS = 5_000;
/** Tenants whose snapshots are read at once. */
const LOADING = 4;
/** A tenant that could not be read is tried again after this long, in milliseconds. */
const RETRY_MS = 5_000;
/** The log is looked at this often though the server says that nothing was written. */
const LOOK_MS = 2_000;

/**
 * All tenants' states, kept level with the log that another process writes: on a hot standby, or
 * beside the present holder on one server. Holds states only, no part of the log. What it has is a
 * head start, never the truth: whoever takes it compares it with the log, and what does not fit is
 * dropped.
 */
export class WarmTail {
  readonly #tenants = new Map<string, WarmTenant>();
  /** Tenants that could not be read, and when they are tried again. */
  readonly #failed = new Map<string, number>();
  #started: string | null = null;
  /** Position and time of the last look at the log. */
  #seen: { readable: string; twice: boolean; at: number } | null = null;
  #levelAt: number | null = null;
  #schema: SchemaFit = "older";
  #level = false;

  constructor(readonly ports: WarmTailPorts) {}

  /** How many tenants' states are held. */
  get tenants(): number {
    return this.#tenants.size;
  }

  /** How many tenants cannot be read at present. */
  get failing(): number {
    return this.#failed.size;
  }

  /** Milliseconds since it had all that the server has received; null if it never had. */
  get behindMs(): number | null {
    return this.#levelAt === null ? null : this.ports.clock() - this.#levelAt;
  }

  /** Whether it had all that the server has, at its last look. */
  get level(): boolean {
    return this.#level;
  }

  /** How the database's schema stood to this program at the last look. */
  get schema(): SchemaFit {
    return this.#schema;
  }

  /**
   * Reads on as far as there is something. A server that says it has written nothing new is not
   * asked for its logs.
   * @param whole Looks at every tenant's log in any case.
   * @returns whether it is level with the server now
   * @throws what the driver throws: a server that is away, a query cancelled for the sake of
   * recovery; call it again then
   */
  async catchUp(whole = false): Promise<boolean> {
    const { db, clock } = this.ports;
    const at = clock();
    const position = await serverPosition(db);
    const last = this.#seen;
    const still = last?.readable === position.readable;
    const same = this.#started === position.started;
    // A commit may be seen a moment after its position: the same position is looked at twice.
    if (!whole && same && still && last.twice && at - last.at < LOOK_MS) {
      if (position.level && this.#level) this.#levelAt = at;
      return this.#level;
    }
    if (!same) {
      await this.#checkHistory();
      this.#schema = "older";
    }
    this.#started = position.started;
    if (this.#schema !== "same") await this.#compareSchema();
    // What a later program writes is not understood here.
    if (this.#schema === "newer") return this.#level = false;
    try {
      this.#level = await this.#readOn(position.started);
    } catch (error) {
      // An older schema may not have the tables; whoever is active next migrates it.
      if (this.#schema !== "older" || !isMissing(error)) throw error;
      return this.#level = false;
    }
    if (this.#level) this.#seen = { readable: position.readable, twice: still, at };
    if (this.#level && position.level) this.#levelAt = at;
    return this.#level;
  }

  /**
   * Compares with the log, and drops what is not of its history.
   * @returns the tenants that can go on from what is held
   */
  async take(): Promise<Map<string, WarmTenant>> {
    await this.#checkHistory();
    const taken = new Map(this.#tenants);
    this.#tenants.clear();
    this.#level = false;
    return taken;
  }

  async #compareSchema(): Promise<void> {
    const before = this.#schema;
    this.#schema = await schemaFit(this.ports.db);
    if (this.#schema === before) return;
    this.ports.log.info("standby.schema", { schema: this.#schema });
  }

  /** A server that was started anew may have another history than the one that was read. */
  async #checkHistory(): Promise<void> {
    if (this.#tenants.size === 0) return;
    const known = await knownHeads(this.ports.db, this.#tenants);
    for (const id of [...this.#tenants.keys()]) {
      if (known.has(id)) continue;
      this.#tenants.delete(id);
      this.ports.log.warn("standby.other-history", { tenantId: id });
    }
  }

  async #readOn(started: string): Promise<boolean> {
    if (!await this.#openNew(started)) return false;
    for (;;) {
      const page = await tailRows(this.ports.db, this.#tenants, PAGE, ROWS);
      // The server was started anew in between: what was read may be of another history.
      if (page.started !== started) return false;
      const byTenant = Map.groupBy(page.rows, (row) => row.tenantId);
      for (const [tenantId, rows] of byTenant) this.#apply(tenantId, rows);
      if (page.rows.length === ROWS) continue;
      if (![...byTenant.values()].some((rows) => rows.length === PAGE)) return true;
    }
  }

  /** Begins with tenants that are not known yet; forgets those that are gone. */
  async #openNew(started: string): Promise<boolean> {
    const { db, log, clock } = this.ports;
    const rows = await db.selectFrom("cell.configurations").select("tenant_id").execute();
    const ids = new Set(rows.map((row) => row.tenant_id));
    for (const id of [...this.#tenants.keys()]) if (!ids.has(id)) this.#tenants.delete(id);
    for (const id of [...this.#failed.keys()]) if (!ids.has(id)) this.#failed.delete(id);
    const fresh = [...ids].filter((id) =>
      !this.#tenants.has(id) && (this.#failed.get(id) ?? -Infinity) <= clock()
    );
    const opened: [string, WarmTenant][] = [];
    for (let i = 0; i < fresh.length; i += LOADING) {
      opened.push(
        ...await Promise.all(
          fresh.slice(i, i + LOADING).map(async (id): Promise<[string, WarmTenant]> => [
            id,
            await warmTenantFrom(db, id, log),
          ]),
        ),
      );
    }
    if (opened.length > 0 && (await serverPosition(db)).started !== started) return false;
    for (const [id, tenant] of opened) this.#tenants.set(id, tenant);
    return true;
  }

  /** One tenant's trouble is logged, and its state made anew later. */
  #apply(tenantId: string, rows: readonly TailRow[]): void {
    const tenant = this.#tenants.get(tenantId)!;
    try {
      for (const row of rows) applyRow(tenant, row);
      this.#failed.delete(tenantId);
    } catch (error) {
      this.#tenants.delete(tenantId);
      this.#failed.set(tenantId, this.ports.clock() + RETRY_MS);
      this.ports.log.warn("standby.tenant-cold", { tenantId, error });
    }
  }
}

/** Whether a table, a column or a schema is not there (PostgreSQL manual, appendix A). */
function isMissing(error: unknown): boolean {
  return ["42P01", "42703", "3F000"].includes(String((error as { code?: unknown }).code));
}

/** @throws AntiphonError `unavailable` when a number is missing or a row cannot be read */
function applyRow(tenant: WarmTenant, row: TailRow): void {
  const { state } = tenant;
  if (row.seq !== state.seq + 1) {
    throw new AntiphonError("unavailable", `The log lacks event ${state.seq + 1}`);
  }
  for (const { at, event } of eventsOfRow(row)) {
    state.seq = row.seq - 1;
    evolve(state, event, at);
  }
  state.seq = row.seq;
  tenant.head = { seq: row.seq, epoch: row.epoch, at: row.at };
}
