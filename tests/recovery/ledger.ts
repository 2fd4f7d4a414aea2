import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { CellDatabase } from "../../regions/database/open_cell_database.ts";
import { readLog } from "../../regions/log/read_log.ts";
import { replay } from "../../regions/tenants/replay.ts";
import { hashState } from "../../regions/tenants/snapshot/hash_state.ts";
import { loadSnapshot } from "../../regions/tenants/snapshot/load_snapshot.ts";
import { emptyTenantState, type TenantState } from "../../regions/tenants/tenant_state.ts";
import { digestOf, type LifeReport, type Repeat } from "./life_report.ts";

type Acknowledged = Extract<LifeReport, { type: "acknowledged" }>;

/** What the parent has been told, to be compared with what the log has. */
export class Ledger {
  readonly totals = { commands: 0, units: 0, events: 0, effects: 0, inDoubt: 0, repeated: 0 };
  readonly #states = new Map<string, TenantState>();
  /** Acknowledged since the last comparison. */
  #fresh: Acknowledged[] = [];
  /** Sent and not acknowledged, by command id. */
  readonly #open = new Map<string, Repeat>();
  readonly #answered = new Set<string>();
  /** Units of acknowledged commands that a life is asked to repeat, by command id. */
  readonly #repeats = new Map<string, Repeat>();
  readonly #messages = new Set<string>();
  readonly #effects = new Set<string>();
  readonly #delivered = new Set<string>();

  constructor(readonly tenantIds: readonly string[]) {
    for (const id of tenantIds) this.#states.set(id, emptyTenantState());
  }

  hear(report: LifeReport): void {
    if (report.type === "sent") this.#open.set(report.id, report);
    if (report.type === "repeated") {
      this.totals.repeated += 1;
      this.#open.delete(report.id);
      this.#repeats.delete(report.id);
    }
    if (report.type === "delivered") { for (const id of report.ids) this.#delivered.add(id); }
    if (report.type !== "acknowledged") return;
    this.#fresh.push(report);
    this.totals.units += 1;
    this.totals.events += report.events.length;
    const { tenantId, id, firstSeq, effects } = report;
    for (let i = 0; i < effects; i++) this.#effects.add(`${tenantId}:${firstSeq}:${i}`);
    if (id === null) return;
    if (this.#answered.has(id)) throw new Error(`Command ${id} had a second effect`);
    this.#answered.add(id);
    this.totals.commands += 1;
    const sent = this.#open.get(id);
    // Some of those that were answered are repeated too, as by a client that missed the answer.
    if (sent && this.totals.commands % 50 === 0) this.#repeats.set(id, sent);
    this.#open.delete(id);
  }

  /** Commands for the next life to repeat: those in doubt, and some that were answered. */
  takeRepeats(): Repeat[] {
    this.totals.inDoubt += this.#open.size;
    return [...this.#open.values(), ...this.#repeats.values()];
  }

  /**
   * Compares: each tenant's log goes on without a gap, every acknowledged unit stands in it as it
   * was acknowledged, no message came twice, and snapshot and tail make the state that all events
   * make.
   * @throws Error naming what does not agree
   */
  async compare({ db }: CellDatabase): Promise<void> {
    const log = createLogger({
      service: "ledger",
      write: (line) => {
        throw new Error(`A snapshot is broken: ${line}`);
      },
    });
    for (const tenantId of this.tenantIds) {
      const state = this.#states.get(tenantId)!;
      const rows = await this.#readRows(db, tenantId, state.seq);
      for (const unit of this.#fresh) {
        if (unit.tenantId !== tenantId) continue;
        unit.events.forEach((digest, i) => {
          const seq = unit.firstSeq + i;
          if (rows.get(seq) !== digest) {
            throw new Error(`Event ${seq} of ${tenantId} was acknowledged and is not in the log`);
          }
        });
      }
      await replay(state, readLog(db, tenantId, { after: state.seq }));
      const snapshot = await loadSnapshot(db, tenantId, log) ?? emptyTenantState();
      const after = snapshot.seq;
      const quick = await replay(snapshot, readLog(db, tenantId, { after }));
      if (hashState(quick) !== hashState(state)) {
        throw new Error(`Snapshot ${after} of ${tenantId} and the log behind it do not agree`);
      }
    }
    await this.#compareCommands(db);
    this.#fresh = [];
  }

  /** At the end: all from the first event on, and every effect delivered. */
  async compareWhole({ db }: CellDatabase): Promise<void> {
    for (const tenantId of this.tenantIds) {
      const whole = await replay(emptyTenantState(), readLog(db, tenantId));
      if (hashState(whole) !== hashState(this.#states.get(tenantId)!)) {
        throw new Error(`The whole log of ${tenantId} makes another state`);
      }
    }
    const mismatched = await db.selectFrom("cell.snapshots").select("seq")
      .where("verdict", "=", "mismatched").execute();
    if (mismatched.length > 0) throw new Error("A replay has contradicted a snapshot");
    const stored = await db.selectFrom("cell.effects").select("id").execute();
    const left = new Set(stored.map((row) => row.id));
    for (const id of this.#effects) {
      if (!this.#delivered.has(id) && !left.has(id)) throw new Error(`Effect ${id} was lost`);
    }
    this.totals.effects = this.#effects.size;
  }

  async #readRows(
    db: CellDatabase["db"],
    tenantId: string,
    after: number,
  ): Promise<Map<number, string>> {
    const rows = await db.selectFrom("cell.events").select(["seq", "body"])
      .where("tenant_id", "=", tenantId).where("seq", ">", String(after)).orderBy("seq").execute();
    for (const { body } of rows) {
      if (body.type !== "message.received") continue;
      if (this.#messages.has(body.messageId)) throw new Error(`${body.messageId} came twice`);
      this.#messages.add(body.messageId);
    }
    return new Map(rows.map(({ seq, body }) => [Number(seq), digestOf(body)]));
  }

  async #compareCommands(db: CellDatabase["db"]): Promise<void> {
    const commands = this.#fresh.filter((unit) => unit.id !== null);
    if (commands.length === 0) return;
    const rows = await db.selectFrom("cell.commands").select(["id", "seq"])
      .where("id", "in", commands.map((unit) => unit.id!)).execute();
    const seqs = new Map(rows.map((row) => [row.id, Number(row.seq)]));
    for (const { id, firstSeq, events } of commands) {
      if (seqs.get(id!) !== firstSeq + events.length - 1) {
        throw new Error(`Command ${id} was acknowledged and is not known as carried out`);
      }
    }
  }
}
