import type { TenantState } from "../tenants/tenant_state.ts";

/** A row of the log by which a log is known again: another history has another one there. */
export interface LogHead {
  seq: number;
  epoch: number;
  /** Epoch ms. */
  at: number;
}

/** A tenant's state, kept level with a log that somebody else writes. */
export interface WarmTenant {
  state: TenantState;
  /** Number of the snapshot that the state was begun with; 0 for none. */
  from: number;
  /** The last row that the state was made of; null while there is none. */
  head: LogHead | null;
}
