import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";

/** The edge repeats a webhook for at most a week; a day more is kept, in milliseconds. */
const KEEP_MS = 8 * 86_400_000;

/** Forgets which webhooks were taken so long ago that no repeat of them can come. */
export async function forgetWebhooks(db: Kysely<CellTables>, now: number): Promise<void> {
  await db.deleteFrom("cell.inbox").where("taken_at", "<", String(now - KEEP_MS)).execute();
}
