import { type DatabaseOwner, prepareDatabase } from "./prepare_database.ts";
import type { PreparedServer } from "./prepared_server.ts";

/**
 * Prepares a cell's database. The owner may make subscriptions: since PostgreSQL 16 the role
 * `pg_create_subscription` and the right to create in the database suffice, with a password in the
 * connection string; no superuser is needed.
 */
export async function prepareSubscriber(
  server: PreparedServer,
  owner: DatabaseOwner,
): Promise<void> {
  await prepareDatabase(server, owner, async (sql) => {
    await sql`grant pg_create_subscription to ${sql(owner.name)}`;
  });
}
