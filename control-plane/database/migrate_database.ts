import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { CFG_PUBLICATION, CFG_SCHEMA } from "../../protocol/cfg/cfg_schema.ts";
import { controlMigrations } from "./control_migrations.ts";
import type { ControlTables } from "./control_tables.ts";

/** Number of the advisory lock under which the published schema is made. */
const CFG_LOCK = 7_201_001;

/**
 * Brings the database up to date: schema `control` by its migrations, schema `cfg` from the
 * protocol, and the publication that cells subscribe to. Safe to run from several processes at
 * once, and again.
 */
export async function migrateDatabase(db: Kysely<ControlTables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: controlMigrations,
    migrationTableSchema: "control",
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(CFG_LOCK)})`.execute(tx);
    for (const statement of CFG_SCHEMA) await sql.raw(statement).execute(tx);
    const { rows } = await sql`
      select 1 from pg_publication where pubname = ${CFG_PUBLICATION}`.execute(tx);
    if (rows.length > 0) return;
    await sql`create publication ${sql.id(CFG_PUBLICATION)} for tables in schema cfg`.execute(tx);
  });
}
