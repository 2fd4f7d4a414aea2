import { type Kysely, sql } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import type { WarmTenant } from "./warm_tenant.ts";

/**
 * Ids of the tenants whose last known row stands in the log as it was read, so that their states
 * are made of this history. One query; O(log n) a tenant.
 */
export async function knownHeads(
  db: Kysely<CellTables>,
  tenants: ReadonlyMap<string, WarmTenant>,
): Promise<Set<string>> {
  const heads = [...tenants].flatMap(([id, { head }]) => head ? [{ id, ...head }] : []);
  const { rows } = await sql<{ id: string }>`
    select k.id
    from jsonb_to_recordset(${JSON.stringify(heads)}::text::jsonb)
      as k(id uuid, seq bigint, epoch integer, at bigint)
    join cell.events e on e.tenant_id = k.id and e.seq = k.seq
      and e.epoch = k.epoch and e.at = k.at`.execute(db);
  const known = new Set(rows.map(({ id }) => id));
  // A state of nothing at all is of any history.
  for (const [id, { state }] of tenants) if (state.seq === 0) known.add(id);
  return known;
}
