import { Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { PostgresJSDialect } from "kysely-postgres-js";
import postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { CELL_MIGRATIONS } from "./cell_schema.ts";
import type { CellTables } from "./cell_tables.ts";
import { claimLog, type LogOwner } from "./claim_log.ts";

/** A cluster's Postgres, open and migrated. */
export interface CellDatabase {
  db: Kysely<CellTables>;
  /** The log's own connection: appends wait for no other query. */
  writer: postgres.Sql;
  /** The server's timeline: the cluster's epoch. */
  epoch: number;
  /** This process as the log's owner: appends with another token are refused. */
  owner: LogOwner;
  /** Settles when this process has lost the cluster; nothing may be committed after that. */
  lost: Promise<void>;
  close(): Promise<void>;
}

/** Key of the advisory lock that makes one process the cluster's cell. */
const CELL_LOCK = 7_221_001;

const CLIENT = { onnotice: () => {}, connect_timeout: 10 };
/**
 * No types of arrays are asked for when a connection opens. The pool has to ask: the driver never
 * hands out a reserved connection otherwise.
 */
const PLAIN = { ...CLIENT, fetch_types: false };

/**
 * An append touches rows by their keys alone. One plan that says so is right for tables of any
 * size; left alone, the planner walks a table that was small when it last looked.
 */
const WRITER = {
  application_name: "antiphon-log",
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
};

/**
 * Opens a cluster's Postgres, waits until this process alone owns it (a session lock that ends
 * with the connection), migrates it, and claims its log: an earlier process that still has
 * connections cannot append any more.
 * @throws AntiphonError `database_unavailable`; `stale_epoch` when a later epoch wrote its log
 */
export async function openCellDatabase(url: string): Promise<CellDatabase> {
  const writer = postgres(url, { ...PLAIN, max: 1, connection: WRITER });
  const client = postgres(url, { ...CLIENT, max: 12 });
  let closing = false;
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  const guard = postgres(url, {
    ...PLAIN,
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onclose: () => closing || lose(),
  });
  try {
    await guard`select pg_advisory_lock(${CELL_LOCK})`;
    const db = new Kysely<CellTables>({ dialect: new PostgresJSDialect({ postgres: client }) });
    await migrate(db);
    // The first eight digits of a WAL file's name are the timeline, in hexadecimal.
    const { rows } = await sql<{ wal: string }>`
      select pg_walfile_name(pg_current_wal_lsn()) as wal`.execute(db);
    const epoch = parseInt(rows[0].wal.slice(0, 8), 16);
    const owner = await claimLog(db, epoch, crypto.randomUUID());
    const close = async () => {
      closing = true;
      await writer.end({ timeout: 5 });
      await db.destroy();
      await guard.end({ timeout: 2 });
    };
    return { db, writer, epoch, owner, lost, close };
  } catch (cause) {
    closing = true;
    await Promise.allSettled([writer, client, guard].map((sql) => sql.end({ timeout: 1 })));
    if (cause instanceof AntiphonError) throw cause;
    throw new AntiphonError(
      "database_unavailable",
      "Cannot open the cluster's database: check DATABASE_URL and that Postgres runs",
      { cause },
    );
  }
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
