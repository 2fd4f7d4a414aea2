import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";

/** A virtual agent's secret. @throws AntiphonError `unknown_entity` when it has gone */
export async function botSecret(
  db: Kysely<CellTables>,
  sealer: Sealer,
  tenantId: string,
  id: string,
): Promise<string> {
  const row = await db.selectFrom("cell.entity_secrets").select("sealed")
    .where("tenant_id", "=", tenantId).where("kind", "=", "virtual-agents").where("id", "=", id)
    .executeTakeFirst();
  if (!row) throw new AntiphonError("unknown_entity", `There is no virtual agent "${id}"`);
  return await sealer.open(row.sealed);
}
