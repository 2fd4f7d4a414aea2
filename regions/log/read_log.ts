import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import type { LoggedEvent } from "../tenants/tenant_runner.ts";
import { TenantEvent } from "../tenants/tenant_event.ts";

/** Rows fetched at once. */
const PAGE = 5000;

/** A tenant's log, oldest first, in pages. */
export async function* readLog(
  db: Kysely<CellTables>,
  tenantId: string,
): AsyncGenerator<LoggedEvent> {
  let after = 0;
  for (;;) {
    const rows = await db.selectFrom("cell.events").select(["seq", "at", "body"])
      .where("tenant_id", "=", tenantId).where("seq", ">", String(after))
      .orderBy("seq").limit(PAGE).execute();
    for (const row of rows) yield { at: Number(row.at), event: TenantEvent.parse(row.body) };
    if (rows.length < PAGE) return;
    after = Number(rows[rows.length - 1].seq);
  }
}
