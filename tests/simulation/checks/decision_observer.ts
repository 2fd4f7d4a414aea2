import type { ConfigurationIndex } from "../../../regions/configuration/configuration_index.ts";
import type { CommitUnit } from "../../../regions/log/commit_unit.ts";
import type { TenantEvent } from "../../../regions/tenants/tenant_event.ts";
import type { TenantState } from "../../../regions/tenants/tenant_state.ts";

/** One tenant at one moment of its committed log. */
export interface TenantView {
  readonly tenantId: string;
  /** The state that the log replays to. For reading only. */
  readonly state: TenantState;
  /** What the decision under way was made by. */
  readonly configuration: ConfigurationIndex;
  /** When the decision was made, epoch ms. */
  readonly at: number;
}

/**
 * Watches decisions. They are shown once they are committed, event by event: what a crash lost never
 * happened. Methods throw to say that a promise was broken.
 */
export interface DecisionObserver {
  beforeEvent?(view: TenantView, event: TenantEvent): void;
  afterEvent?(view: TenantView, event: TenantEvent): void;
  afterDecision?(view: TenantView, unit: CommitUnit, epoch: number): void;
}
