import { type Kysely, sql, type Transaction } from "kysely";
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
    await countChanges(tx);
    const { rows } = await sql`
      select 1 from pg_publication where pubname = ${CFG_PUBLICATION}`.execute(tx);
    if (rows.length > 0) return;
    await sql`create publication ${sql.id(CFG_PUBLICATION)} for tables in schema cfg`.execute(tx);
  });
}

/**
 * Has every change of the published tables counted as it commits, so that the last lock it takes is
 * that of the count.
 */
async function countChanges(tx: Transaction<ControlTables>): Promise<void> {
  const { rows } = await sql<{ table: string }>`
    select c.relname as table from pg_class c
    where c.relnamespace = 'cfg'::regnamespace and c.relkind = 'r' and not exists (
      select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'counted')`.execute(tx);
  for (const { table } of rows) {
    await sql`create constraint trigger counted
      after insert or update or delete on ${sql.id("cfg", table)}
      deferrable initially deferred for each row execute function control.count_change()`
      .execute(tx);
  }
}
