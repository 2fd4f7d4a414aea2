import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { AdminConnection } from "./admin_connection.ts";

/** PostgreSQL takes the next free timeline that it knows of; each try is one higher. */
const TRIES = 8;

/** What {@linkcode promoteServer} works with. */
export interface PromoteServerOptions {
  connection: AdminConnection;
  /** The timeline must be above this: another may have used the next one already. */
  above: number;
  signal: AbortSignal;
  /** Makes the server that has been promoted too low a standby again. */
  again: () => Promise<void>;
}

/**
 * Ends a standby's recovery and waits for that. A server that was promoted already stays so, if its
 * timeline is high enough. Commits wait for nobody after it.
 *
 * @throws AntiphonError `unavailable` when it does not end
 */
export async function promoteServer(options: PromoteServerOptions): Promise<void> {
  const { connection, above, signal, again } = options;
  for (let tries = 0; tries < TRIES; tries++) {
    signal.throwIfAborted();
    const timeline = await connection.use(15_000, async (sql) => {
      const [{ synchronous }] = await sql`
        select current_setting('synchronous_standby_names') as synchronous`;
      if (synchronous !== "") {
        await sql`alter system set synchronous_standby_names = ''`;
        await sql`select pg_reload_conf()`;
      }
      const [{ promoted }] = await sql`
        select case when pg_is_in_recovery() then pg_promote(true, 10) else true end as promoted`;
      if (!promoted) throw new AntiphonError("unavailable", "It did not end its recovery in 10 s");
      const [{ timeline }] = await sql`
        select ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int
          as timeline`;
      return Number(timeline);
    });
    if (timeline > above) return;
    await again();
  }
  throw new AntiphonError(
    "unavailable",
    `No timeline above ${above} was reached in ${TRIES} tries`,
  );
}
