import { type Kysely, sql } from "kysely";
import { CELL_MIGRATIONS } from "./cell_schema.ts";
import type { CellTables } from "./cell_tables.ts";

/**
 * How a database's schema stands to this program: it has the same migrations, lacks some of them
 * (`older`; all of them in an empty one), or has some that this program does not know (`newer`).
 */
export type SchemaFit = "same" | "older" | "newer";

/** Compares a database's migrations with this program's. One query; a standby can be asked, too. */
export async function schemaFit(db: Kysely<CellTables>): Promise<SchemaFit> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('public.kysely_migration') is not null as there`.execute(db);
  if (!rows[0].there) return "older";
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const known = Object.keys(CELL_MIGRATIONS);
  if (applied.rows.some(({ name }) => !known.includes(name))) return "newer";
  return applied.rows.length === known.length ? "same" : "older";
}
