import type { ConfigurationIndex } from "../../../regions/configuration/configuration_index.ts";
import type { CommitUnit } from "../../../regions/log/commit_unit.ts";
import type { LoggedEvent } from "../../../regions/log/logged_event.ts";
import type { EncodedState } from "../../../regions/tenants/snapshot/encode_state.ts";
import type { TenantState } from "../../../regions/tenants/tenant_state.ts";
import type { Cell } from "../cells/cell.ts";
import type { TenantLog } from "./tenant_log.ts";

/** What can be wrong with the database for a while. */
export interface DatabaseTrouble {
  /** Every transaction and read fails. */
  outage: boolean;
  /** Longest time of a transaction, in ms. */
  slowest: number;
  /** Probability that a transaction's answer is lost. */
  unknown: number;
  /** The tenant whose units are refused. */
  refused: number | null;
}

/** The cluster's database, as the parts around it see it. */
export interface CellLog {
  /** Of the one process that may write. */
  epoch: number;
  trouble: DatabaseTrouble;
  readonly tenants: ReadonlyMap<string, TenantLog>;
  clear(): void;
  /** Notes what a unit was decided by, before it waits for its transaction. */
  decided(unit: CommitUnit, configuration: ConfigurationIndex): void;
  /** One transaction. Never answered once the cell is dead. */
  write(cell: Cell, units: readonly CommitUnit[], delivered: readonly string[]): Promise<void>;
  /** A cell died: what it was committing is kept or lost, but not half of it. */
  died(cell: Cell): "kept" | "lost" | "nothing";
  /** A tenant's log as a cell sees it, from behind an event on. */
  read(cell: Cell, tenantId: string, after: number): AsyncGenerator<LoggedEvent>;
  /** The newest snapshot that a cell can read. */
  snapshot(cell: Cell, tenantId: string): TenantState | null;
  storeSnapshot(cell: Cell, tenantId: string, encoded: EncodedState): void;
  /** The last event of a PoP's boot that is known to be committed with all before it. */
  lastSeq(popId: string, bootId: string): number;
}
