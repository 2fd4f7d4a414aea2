import { Kysely } from "kysely";
import { PostgresJSDialect } from "kysely-postgres-js";
import postgres from "postgres";
import type { Durability } from "../../protocol/topology/durability.ts";
import type { CellTables } from "./cell_tables.ts";
import { CLIENT, PLAIN } from "./client_options.ts";

/** The connections of a cell to its cluster's Postgres; each is opened when it is first used. */
export interface CellConnections {
  /** What changes here is acknowledged once the standby region has it, too. */
  db: Kysely<CellTables>;
  /** For what may be lost with the region, and is made anew: snapshots, tidying. */
  background: Kysely<CellTables>;
  /** The log's own connections, one for each class of tenants: appends wait for no other query. */
  writers: Readonly<Record<Durability, postgres.Sql>>;
  close(): Promise<void>;
}

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
  // What is ruled out so counts as enormously dear, for which a server that has LLVM compiles each
  // execution: that takes seconds.
  jit: "off",
};

/**
 * When a commit is acknowledged (PostgreSQL manual section 19.5.1): where no synchronous standby is
 * named, both say "once it is on this server's disk".
 */
const EVERYWHERE = { synchronous_commit: "remote_apply" };
const HERE = { synchronous_commit: "local" };

/** How long queries under way may take at the end, in seconds. */
const END_S = 5;

function kysely(sql: postgres.Sql): Kysely<CellTables> {
  return new Kysely<CellTables>({ dialect: new PostgresJSDialect({ postgres: sql }) });
}

/** Connections to a cluster's Postgres, none of them open yet. */
export function connectCell(url: string): CellConnections {
  const pool = (max: number, connection: postgres.Options<never>["connection"]) =>
    postgres(url, { ...CLIENT, max, connection });
  const writer = (connection: postgres.Options<never>["connection"]) =>
    postgres(url, { ...PLAIN, max: 1, connection: { ...WRITER, ...connection } });
  const pools = { db: pool(12, EVERYWHERE), background: pool(2, HERE) };
  const writers = { region: writer(EVERYWHERE), zone: writer(HERE) };
  return {
    db: kysely(pools.db),
    background: kysely(pools.background),
    writers,
    async close() {
      const end = (clients: Record<string, postgres.Sql>) =>
        Promise.all(Object.values(clients).map((sql) => sql.end({ timeout: END_S })));
      await end(writers);
      // Not by Kysely, which would wait for a query that is not answered.
      await end(pools);
    },
  };
}
