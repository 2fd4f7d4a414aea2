import { type Kysely, sql } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";

/** Audio that no prompt names stays this long, in milliseconds: a change may be taken back. */
export const KEEP_UNUSED_MS = 30 * 86_400_000;

/** Forgets audio that no prompt has named for a month. Returns how many there were. O(audio). */
export async function forgetAudio(db: Kysely<CellTables>, now: number): Promise<number> {
  await sql`
    update cell.audio x set unused_since = case when ${USED} then null else ${now}::bigint end
    where (x.unused_since is null) <> ${USED}`.execute(db);
  const { numAffectedRows = 0n } = await sql`
    delete from cell.audio x
    where x.unused_since < ${now - KEEP_UNUSED_MS}::bigint and not ${USED}`.execute(db);
  return Number(numAffectedRows);
}

/** Whether a prompt of the tenant names the audio `x`. */
const USED = sql`exists (
  select from cell.entities e
  where e.tenant_id = x.tenant_id and e.kind = 'prompts'
    and e.body -> 'audio' @> jsonb_build_array(jsonb_build_object('hash', x.hash)))`;
