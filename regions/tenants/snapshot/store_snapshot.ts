import { type Kysely, sql } from "kysely";
import type { CellTables } from "../../database/cell_tables.ts";
import { type EncodedState, factsText } from "./encode_state.ts";
import { SNAPSHOT_VERSION } from "./snapshot_version.ts";

/** Newest snapshots kept of a tenant, and newest among the verified ones. */
const KEPT = { newest: 3, verified: 2 };

/**
 * Stores a snapshot whose last event is durable, and forgets older ones that nothing needs. One
 * that a replay has contradicted stays to be looked at until its rows of the log are deleted.
 */
export async function storeSnapshot(
  db: Kysely<CellTables>,
  tenantId: string,
  at: number,
  encoded: EncodedState,
  hash: string,
): Promise<void> {
  const facts = factsText(encoded);
  await sql`
    insert into cell.snapshots (tenant_id, seq, at, version, facts, hash)
    values (${tenantId}, ${encoded.seq}, ${at}, ${SNAPSHOT_VERSION}, ${facts}::text::json, ${hash})
    on conflict do nothing`.execute(db);
  await sql`
    delete from cell.snapshots
    where tenant_id = ${tenantId} and verdict <> 'mismatched'
      and seq not in (
        select seq from cell.snapshots where tenant_id = ${tenantId} and verdict <> 'mismatched'
        order by seq desc limit ${KEPT.newest})
      and seq not in (
        select seq from cell.snapshots where tenant_id = ${tenantId} and verdict = 'verified'
        order by seq desc limit ${KEPT.verified})`.execute(db);
}
