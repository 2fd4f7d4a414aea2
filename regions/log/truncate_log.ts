import { type Kysely, sql } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";

/** Rows deleted in one transaction, and of one tenant in one run. */
const BATCH = 5_000;
const MOST = 200_000;

/**
 * Deletes a tenant's oldest records: those that happened before `before` and that the last but one
 * verified snapshot covers, so that two ways to the present state remain. Never leaves a gap: it
 * stops at the first record that is to be kept.
 *
 * @param before Epoch ms.
 * @returns how many were deleted
 */
export async function truncateLog(
  db: Kysely<CellTables>,
  tenantId: string,
  before: number,
): Promise<number> {
  const covering = await db.selectFrom("cell.snapshots").select("seq")
    .where("tenant_id", "=", tenantId).where("verdict", "=", "verified")
    .orderBy("seq", "desc").offset(1).limit(1).executeTakeFirst();
  if (!covering) return 0;
  let deleted = 0;
  while (deleted < MOST) {
    const { numAffectedRows } = await sql`
      with oldest as (
        select seq, at from cell.events
        where tenant_id = ${tenantId} and seq <= ${covering.seq}
        order by seq limit ${BATCH}
      )
      delete from cell.events where tenant_id = ${tenantId}
        and seq <= (select max(seq) from oldest)
        and seq < coalesce(
          (select min(seq) from oldest where at >= ${before}),
          (select max(seq) + 1 from oldest))`.execute(db);
    const count = Number(numAffectedRows ?? 0);
    deleted += count;
    if (count < BATCH) break;
  }
  await db.deleteFrom("cell.snapshots").where("tenant_id", "=", tenantId)
    .where("verdict", "=", "mismatched").where("at", "<", String(before)).execute();
  return deleted;
}
