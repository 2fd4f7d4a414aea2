import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";

/** A tenant's machine has done what the change of this revision said of interactions. */
export async function forgetResolution(
  db: Kysely<CellTables>,
  tenantId: string,
  revision: number,
): Promise<void> {
  await db.updateTable("cell.configurations").set({ resolution: null })
    .where("tenant_id", "=", tenantId).where("revision", "=", String(revision)).execute();
}
