import { CFG_PUBLICATION } from "../../protocol/cfg/cfg_schema.ts";
import { type DatabaseOwner, ensureRole, prepareDatabase } from "./prepare_database.ts";
import type { PreparedServer } from "./prepared_server.ts";

/**
 * Prepares the control plane's database. Only a superuser may publish a whole schema, so schema
 * and publication are made here; the tables are the control plane's. A subscriber's role may
 * replicate and read `cfg` (the first copy selects), nothing else.
 */
export async function preparePublisher(
  server: PreparedServer,
  owner: DatabaseOwner,
  subscribers: readonly DatabaseOwner[],
): Promise<void> {
  await prepareDatabase(server, owner, async (sql) => {
    const database = sql(owner.name);
    await sql`create schema if not exists cfg authorization ${database}`;
    const known = await sql`select 1 from pg_publication where pubname = ${CFG_PUBLICATION}`;
    if (known.length === 0) {
      await sql`create publication ${sql(CFG_PUBLICATION)} for tables in schema cfg`;
    }
    for (const subscriber of subscribers) {
      const role = sql(subscriber.name);
      await ensureRole(sql, subscriber.name, subscriber.password, "login replication");
      await sql`grant connect on database ${database} to ${role}`;
      await sql`grant usage on schema cfg to ${role}`;
      await sql`grant select on all tables in schema cfg to ${role}`;
      await sql`
        alter default privileges for role ${database} in schema cfg grant select on tables to ${role}`;
    }
  });
}
