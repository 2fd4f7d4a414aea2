import { Kysely } from "kysely";
import { PostgresJSDialect } from "kysely-postgres-js";
import postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ConnectionPool } from "./connection_pool.ts";
import type { ControlTables } from "./control_tables.ts";

/** An open database: Kysely for statements, and a client of the driver beneath it for LISTEN. */
export interface Database {
  db: Kysely<ControlTables>;
  sql: postgres.Sql;
  close(): Promise<void>;
}

/** Options of {@linkcode openDatabase}. */
export interface OpenDatabaseOptions {
  /** How long to wait for a server that is not up yet, in milliseconds. */
  waitMs?: number;
  connections?: number;
  /** How long a statement may take, in milliseconds. */
  statementMs?: number;
}

const DRIVER = {
  connect_timeout: 5,
  // The driver leaves the rejection of its own question for array types to nobody, which ends the
  // process when a new connection is cut in that moment. No array is a parameter here.
  fetch_types: false,
  backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
  onnotice: () => {},
  connection: {
    application_name: "antiphon-control-plane",
    statement_timeout: 10_000,
    lock_timeout: 8_000,
    idle_in_transaction_session_timeout: 15_000,
  },
};

/** SQLSTATEs that waiting does not mend: wrong password, no such role, no such database. */
const HOPELESS = new Set(["28P01", "28000", "3D000"]);

/**
 * Connects to Postgres and waits until it answers.
 * @throws AntiphonError `database_unavailable` when it did not answer in time, or
 *   `configuration_invalid` when it refuses us or cannot publish
 */
export async function openDatabase(
  url: string,
  { waitMs = 30_000, connections = 12, statementMs }: OpenDatabaseOptions = {},
): Promise<Database> {
  const sql = postgres(url, { ...DRIVER, max: 2 });
  try {
    await answering(sql, waitMs);
    const [{ wal_level }] = await sql`show wal_level`;
    if (wal_level !== "logical") {
      throw new AntiphonError(
        "configuration_invalid",
        `Start the control plane's Postgres with wal_level=logical: it has ${wal_level}`,
      );
    }
  } catch (error) {
    await sql.end({ timeout: 3 });
    throw error;
  }
  const pool = new ConnectionPool(url, { max: connections, statementMs, driver: DRIVER });
  const db = new Kysely<ControlTables>({
    dialect: new PostgresJSDialect({ postgres: () => pool }),
  });
  return {
    db,
    sql,
    close: async () => {
      await Promise.all([pool.end(), sql.end({ timeout: 3 })]);
    },
  };
}

async function answering(sql: postgres.Sql, waitMs: number): Promise<void> {
  const until = Date.now() + waitMs;
  for (;;) {
    try {
      await sql`select 1`;
      return;
    } catch (cause) {
      const code = String((cause as { code?: unknown }).code);
      if (HOPELESS.has(code)) {
        throw new AntiphonError(
          "configuration_invalid",
          "Postgres refuses DATABASE_URL: correct its user, password or database",
          { cause },
        );
      }
      if (Date.now() >= until) {
        throw new AntiphonError(
          "database_unavailable",
          `Postgres has not answered for ${
            Math.round(waitMs / 1000)
          } s: start it or correct DATABASE_URL`,
          { cause },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
