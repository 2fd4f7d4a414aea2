import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";

/** Number of the last event of a PoP's boot that was committed; 0 for none. */
export async function lastPopSeq(
  db: Kysely<CellTables>,
  popId: string,
  bootId: string,
): Promise<number> {
  const row = await db.selectFrom("cell.pop_positions").select("last_seq")
    .where("pop_id", "=", popId).where("boot_id", "=", bootId).executeTakeFirst();
  return Number(row?.last_seq ?? 0);
}
