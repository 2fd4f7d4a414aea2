import { type Kysely, sql } from "kysely";
import type { CellTables } from "../../database/cell_tables.ts";

/** Rows deleted in one transaction, and in one run. */
const BATCH = 2_000;
const MOST = 500_000;

/**
 * Deletes the traces of what happened before a moment (epoch ms), in batches, oldest first.
 *
 * @param signal Ends it between two batches.
 * @returns how many rows were deleted
 */
export async function forgetTraces(
  db: Kysely<CellTables>,
  before: number,
  signal?: AbortSignal,
): Promise<number> {
  let deleted = 0;
  while (deleted < MOST && !signal?.aborted) {
    const { numAffectedRows } = await sql`
      delete from cell.flow_traces where ctid = any (array(
        select ctid from cell.flow_traces where at < ${before} order by at limit ${BATCH}))`
      .execute(db);
    const count = Number(numAffectedRows ?? 0);
    deleted += count;
    if (count < BATCH) break;
  }
  return deleted;
}
