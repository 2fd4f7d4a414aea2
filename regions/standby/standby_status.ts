import type { SchemaFit } from "../database/schema_fit.ts";

/** What a cell that is not active says of itself: its answer to `GET /health`. */
export interface StandbyStatus {
  service: string;
  status: "ok";
  active: false;
  phase: "standby" | "activating" | "ended";
  site: string;
  /** Where the cluster is active, as far as is known here, and its epoch. */
  activeSite: string | null;
  epoch: number | null;
  /** Whether all tenants' states are level with what this site's server has. */
  warm: boolean;
  /** Milliseconds since they were; null when they never were. */
  behindMs: number | null;
  tenants: number;
  /** Tenants that cannot be read; they are tried again. */
  failing: number;
  schema: SchemaFit;
  /** Why it does not go on, in one sentence; null when nothing is wrong. */
  problem: string | null;
}
