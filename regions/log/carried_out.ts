import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";

/** Ids of the commands of a tenant that were carried out last, oldest first. O(most). */
export async function carriedOut(
  db: Kysely<CellTables>,
  tenantId: string,
  most: number,
): Promise<string[]> {
  const rows = await db.selectFrom("cell.commands").select("id")
    .where("tenant_id", "=", tenantId).orderBy("seq", "desc").limit(most).execute();
  return rows.map((row) => row.id).reverse();
}
