import type { Kysely } from "kysely";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { loadSnapshot } from "../tenants/snapshot/load_snapshot.ts";
import { emptyTenantState } from "../tenants/tenant_state.ts";
import type { WarmTenant } from "./warm_tenant.ts";

/**
 * A tenant's newest snapshot as something to go on from. Its last event stands in the log, as no
 * truncation takes it; where it does not, the log is begun with.
 */
export async function warmTenantFrom(
  db: Kysely<CellTables>,
  tenantId: string,
  log: Logger,
): Promise<WarmTenant> {
  const state = await loadSnapshot(db, tenantId, log);
  const row = state && await db.selectFrom("cell.events").select(["epoch", "at"])
    .where("tenant_id", "=", tenantId).where("seq", "=", String(state.seq)).executeTakeFirst();
  if (!state || !row) return { state: emptyTenantState(), from: 0, head: null };
  return {
    state,
    from: state.seq,
    head: { seq: state.seq, epoch: row.epoch, at: Number(row.at) },
  };
}
