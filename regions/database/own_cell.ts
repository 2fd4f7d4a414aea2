import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { CELL_MIGRATIONS } from "./cell_schema.ts";
import type { CellTables } from "./cell_tables.ts";
import { claimLog, type LogOwner } from "./claim_log.ts";
import { schemaFit } from "./schema_fit.ts";

/**
 * Migrates a locked database and claims its log: an earlier process that still has connections
 * cannot append any more. `epoch` of the answer is the server's timeline.
 * @throws AntiphonError `stale_epoch` when a later epoch wrote its log; `configuration_invalid`
 * when a later program has migrated it
 */
export async function ownCell(db: Kysely<CellTables>): Promise<LogOwner> {
  const fit = await schemaFit(db);
  if (fit === "newer") {
    throw new AntiphonError(
      "configuration_invalid",
      "A later program has migrated this database: run that one, or a later one",
    );
  }
  if (fit === "older") await migrate(db);
  // The first eight digits of a WAL file's name are the timeline, in hexadecimal.
  const { rows } = await sql<{ wal: string }>`
    select pg_walfile_name(pg_current_wal_lsn()) as wal`.execute(db);
  return await claimLog(db, parseInt(rows[0].wal.slice(0, 8), 16), crypto.randomUUID());
}

async function migrate(db: Kysely<CellTables>): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(CELL_MIGRATIONS).map(([name, statements]) => [name, {
      up: async (tx: Kysely<unknown>) => {
        for (const statement of statements) await sql.raw(statement).execute(tx);
      },
    }]),
  );
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
