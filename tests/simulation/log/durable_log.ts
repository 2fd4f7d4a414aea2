import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ConfigurationIndex } from "../../../regions/configuration/configuration_index.ts";
import type { CommitUnit } from "../../../regions/log/commit_unit.ts";
import type { LoggedEvent } from "../../../regions/log/logged_event.ts";
import { decodeState } from "../../../regions/tenants/snapshot/decode_state.ts";
import { type EncodedState, factsText } from "../../../regions/tenants/snapshot/encode_state.ts";
import type { TenantState } from "../../../regions/tenants/tenant_state.ts";
import { Random } from "../random/random.ts";
import type { Cell } from "../cells/cell.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { CellLog, DatabaseTrouble } from "./cell_log.ts";
import { TenantLog } from "./tenant_log.ts";

interface Decided {
  configuration: ConfigurationIndex;
  popPosition: CommitUnit["popPosition"] | null;
}

interface Write {
  units: readonly CommitUnit[];
  delivered: readonly string[];
  resolve: () => void;
  reject: (error: unknown) => void;
  done: boolean;
}

type Refusal = "fenced" | "outage" | "refused" | "sequence" | "unknown";

const FINE: DatabaseTrouble = { outage: false, slowest: 12, unknown: 0, refused: null };

/**
 * The cluster's Postgres as far as cells can tell: transactions take time, are kept whole or not at
 * all, and are refused to whoever is not the holder any more. The primary key (tenant, sequence)
 * refuses a second writer.
 */
export class DurableLog implements CellLog {
  epoch = 1;
  trouble: DatabaseTrouble = FINE;
  readonly tenants = new Map<string, TenantLog>();
  readonly #positions = new Map<string, number>();
  /** Units as they were decided, by their events: a committer may leave positions out. */
  readonly #decided = new WeakMap<readonly unknown[], Decided>();
  readonly #writing = new Map<Cell, Write>();
  readonly #random: Random;

  constructor(readonly world: Surroundings) {
    this.#random = new Random(world.plan.seed, "log");
    for (const id of world.tenantIds) this.tenants.set(id, new TenantLog(id, world.observer));
  }

  clear(): void {
    this.trouble = FINE;
  }

  /** Notes what a unit was decided by, before it waits for its transaction. */
  decided(unit: CommitUnit, configuration: ConfigurationIndex): void {
    const { popPosition = null } = unit;
    this.#decided.set(unit.events, { configuration, popPosition });
  }

  /** One transaction. Never answered once the cell is dead. */
  write(
    cell: Cell,
    units: readonly CommitUnit[],
    delivered: readonly string[],
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const write: Write = { units, delivered, resolve, reject, done: false };
      this.#writing.set(cell, write);
      const { queue, cluster } = this.world;
      if (units.length > 0) queue.after(1, () => cluster.reached(cell, "committing"));
      queue.after(this.#random.between(2, this.trouble.slowest), () => {
        if (cell.alive) this.#finish(cell, write);
      });
    });
  }

  /** A cell died: what it was committing is kept or lost, but not half of it. */
  died(cell: Cell): "kept" | "lost" | "nothing" {
    const write = this.#writing.get(cell);
    if (!write || write.done || write.units.length === 0) return "nothing";
    write.done = true;
    if (this.#random.chance(0.5) && this.#refusal(cell, write) === null) {
      this.#keep(cell, write);
      return "kept";
    }
    return "lost";
  }

  /** A tenant's log as a cell sees it: one that lost its place sees it as it was then. */
  async *read(cell: Cell, tenantId: string, after: number): AsyncGenerator<LoggedEvent> {
    await cell.pause(this.#random.between(1, 20));
    if (this.trouble.outage) throw connectionLost();
    const { events } = this.tenants.get(tenantId)!;
    const length = this.#lengthFor(cell, tenantId);
    for (let i = after; i < length; i++) yield { seq: i + 1, ...structuredCopy(events[i]) };
  }

  /** The newest snapshot that a cell can read. */
  snapshot(cell: Cell, tenantId: string): TenantState | null {
    const length = this.#lengthFor(cell, tenantId);
    const newest = this.tenants.get(tenantId)!.snapshots.findLast((it) => it.seq <= length);
    return newest ? decodeState(newest.seq, JSON.parse(factsText(newest))) : null;
  }

  /** Keeps a snapshot, unless the cell has lost its place. */
  storeSnapshot(cell: Cell, tenantId: string, encoded: EncodedState): void {
    if (cell.epoch !== this.epoch) throw staleEpoch();
    this.tenants.get(tenantId)!.snapshots.push(encoded);
    this.world.fact({ type: "snapshot-taken", tenantId, seq: encoded.seq });
  }

  /** The last event of a PoP's boot that was committed. */
  lastSeq(popId: string, bootId: string): number {
    return this.#positions.get(`${popId} ${bootId}`) ?? 0;
  }

  #finish(cell: Cell, write: Write): void {
    if (write.done) return;
    write.done = true;
    const refused = (why: Refusal, error: Error) => {
      if (write.units.length > 0) {
        this.world.fact({ type: "commit-refused", epoch: cell.epoch, why });
      }
      write.reject(error);
    };
    const why = this.#refusal(cell, write);
    if (why === "outage") return refused(why, this.#outage());
    if (why === "refused") return refused(why, new Error("not committed: no such value"));
    // One that was cut off from its database does not hear why.
    if (why === "fenced" && cell.random.chance(0.5)) return refused(why, connectionLost());
    if (why !== null) return refused(why, staleEpoch());
    if (write.units.length > 0 && this.#random.chance(this.trouble.unknown)) {
      return this.#unknown(cell, write, () => refused("unknown", connectionLost()));
    }
    this.#keep(cell, write);
    if (write.units.length > 0) this.world.cluster.reached(cell, "committed");
    // The answer takes its time too: a cell can die between the commit and hearing of it.
    this.world.queue.after(this.#random.between(1, 6), () => cell.alive && write.resolve());
  }

  /** The answer is lost: what was asked for happened, happens a little later, or never. */
  #unknown(cell: Cell, write: Write, refused: () => void): void {
    const fate = this.#random.unit();
    if (fate < 0.3) this.#keep(cell, write);
    else if (fate < 0.7) {
      this.world.queue.after(this.#random.between(1, 1_500), () => {
        if (this.#refusal(cell, write) === null) this.#keep(cell, write);
      });
    }
    refused();
  }

  /** A database that is away, or one that refuses. */
  #outage(): Error {
    return this.#random.chance(0.5) ? connectionLost() : new Error("not committed: disk full");
  }

  #lengthFor(cell: Cell, tenantId: string): number {
    return cell.frozen?.get(tenantId) ?? this.tenants.get(tenantId)!.events.length;
  }

  #refusal(cell: Cell, write: Write): "fenced" | "outage" | "refused" | "sequence" | null {
    if (cell.epoch !== this.epoch) return "fenced";
    if (this.trouble.outage) return "outage";
    const refused = this.world.tenantIds[this.trouble.refused ?? -1];
    if (write.units.some((unit) => unit.tenantId === refused)) return "refused";
    const next = new Map<string, number>();
    for (const { tenantId, firstSeq, events } of write.units) {
      const expected = next.get(tenantId) ?? this.tenants.get(tenantId)!.events.length + 1;
      if (events.length > 0 && firstSeq !== expected) return "sequence";
      next.set(tenantId, expected + events.length);
    }
    return null;
  }

  #keep(cell: Cell, { units, delivered }: Write): void {
    for (const unit of units) {
      const log = this.tenants.get(unit.tenantId)!;
      this.world.noteUnit(cell, unit);
      cell.uncommitted.delete(unit.events);
      const { configuration, popPosition } = this.#decided.get(unit.events)!;
      log.apply(unit, configuration, cell.epoch);
      if (popPosition) this.world.fact({ type: "pop-event-committed", ...popPosition });
    }
    // A transaction stands as a whole: positions hold once all of it does.
    for (const { popPosition } of units) {
      if (!popPosition) continue;
      this.#positions.set(`${popPosition.popId} ${popPosition.bootId}`, popPosition.seq);
      this.world.fact({ type: "pop-position", ...popPosition });
    }
    for (const id of delivered) {
      for (const log of this.tenants.values()) log.effects.delete(id);
    }
  }
}

/** As the driver says it: whether it was committed is not known. */
function connectionLost(): Error {
  return Object.assign(new Error("the connection was lost"), { code: "CONNECTION_CLOSED" });
}

function staleEpoch(): AntiphonError {
  return new AntiphonError("stale_epoch", "Another process owns this log");
}

/** As if read from a table: nobody shares it with the next reader. */
function structuredCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
