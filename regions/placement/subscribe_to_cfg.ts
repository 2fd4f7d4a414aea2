import { type Kysely, sql } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { CFG_PUBLICATION } from "../../protocol/cfg/cfg_schema.ts";
import type { CellTables } from "../database/cell_tables.ts";

/**
 * Settings without which a subscriber hangs on a half-open connection for many seconds
 * (libpq's connection parameters, PostgreSQL manual section 34.1.2).
 */
const KEEPALIVE = "connect_timeout=3 keepalives_idle=5 keepalives_interval=2 " +
  "keepalives_count=3 tcp_user_timeout=8000";

/**
 * Makes sure that the cluster's Postgres subscribes to the control plane's `cfg` schema. Changes
 * the connection if the subscription is there already; the first copy happens in the background.
 * The subscription belongs to the replicated catalogue, so it survives a promotion. What it applies
 * waits for the standby before the publisher hears of it: otherwise the publisher could forget
 * changes that the standby, once promoted, never had.
 *
 * Before PostgreSQL 16 only a superuser may subscribe, which a cell is not: there it uses the
 * subscription that docs/patroni/subscribe.sql makes.
 *
 * @param publisher libpq connection string of the control plane's database.
 * @throws AntiphonError `configuration_invalid` when that subscription is missing
 */
export async function subscribeToCfg(
  db: Kysely<CellTables>,
  clusterId: string,
  publisher: string,
): Promise<void> {
  const name = `antiphon_cfg_${clusterId.toLowerCase()}`;
  const connection = sql.lit(`${publisher} ${KEEPALIVE} application_name=${name}`);
  const { rows: [server] } = await sql<{ version: number; superuser: boolean; there: boolean }>`
    select current_setting('server_version_num')::integer as version,
      current_setting('is_superuser')::boolean as superuser,
      exists (select from pg_subscription where subname = ${name}) as there`.execute(db);
  const may = server.version >= 160_000 || server.superuser;
  if (server.there) {
    if (!may) return;
    await sql`alter subscription ${sql.id(name)} connection ${connection}`.execute(db);
    await sql`alter subscription ${sql.id(name)} set (synchronous_commit = remote_apply)`
      .execute(db);
    return;
  }
  if (!may) {
    throw new AntiphonError(
      "configuration_invalid",
      `Only a superuser may subscribe before PostgreSQL 16: make ${name} by docs/patroni/subscribe.sql`,
    );
  }
  const newer = server.version >= 160_000 ? ", origin = none, streaming = parallel" : "";
  // Cannot run inside a transaction block: it makes a replication slot at the publisher.
  await sql`
    create subscription ${sql.id(name)} connection ${connection}
    publication ${sql.id(CFG_PUBLICATION)} with (synchronous_commit = remote_apply${
    sql.raw(newer)
  })`.execute(db);
}
