import { type Kysely, sql } from "kysely";
import type { CellTables } from "./cell_tables.ts";

/** How far a Postgres server is. */
export interface ServerPosition {
  /** Whether it follows another one. */
  recovery: boolean;
  /** The last WAL position that can be read of here, "0/3000060". */
  readable: string;
  /** Whether all that it has received can be read. */
  level: boolean;
  /** When this server was started: what was read before may be gone after a start. */
  started: string;
}

/** Asks a server how far it is. Cheap: no table is touched. */
export async function serverPosition(db: Kysely<CellTables>): Promise<ServerPosition> {
  const { rows } = await sql<ServerPosition>`
    select r.recovery, p.readable::text as readable, p.level,
      pg_postmaster_start_time()::text as started
    from (select pg_is_in_recovery() as recovery) r
    cross join lateral (
      select
        case when r.recovery then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end
          as readable,
        case when r.recovery then
          coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), true) else true end
          as level) p`.execute(db);
  return rows[0];
}
