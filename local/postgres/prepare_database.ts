import postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { PreparedServer } from "./prepared_server.ts";

/** A database and the role that owns it and nothing else. Both have the same name. */
export interface DatabaseOwner {
  name: string;
  password: string;
}

/** An open connection of the superuser. */
export type AdminConnection = postgres.Sql;

/**
 * Makes a server's database and its owner if they are missing, sets the owner's password, keeps
 * others out, then lets `more` add what needs the superuser, connected to that database. May run
 * at every start.
 * @throws AntiphonError `database_unavailable`
 */
export async function prepareDatabase(
  server: PreparedServer,
  owner: DatabaseOwner,
  more: (sql: AdminConnection) => Promise<void>,
): Promise<void> {
  try {
    await asAdmin(server, "postgres", async (sql) => {
      await ensureRole(sql, owner.name, owner.password, "login");
      const known = await sql`select 1 from pg_database where datname = ${owner.name}`;
      if (known.length === 0) {
        await sql`create database ${sql(owner.name)} owner ${sql(owner.name)}`;
      }
      await sql`revoke all on database ${sql(owner.name)} from public`;
    });
    await asAdmin(server, owner.name, more);
  } catch (cause) {
    throw new AntiphonError(
      "database_unavailable",
      `${server.name} could not be prepared: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}

/** Makes a role with these options if it is missing; sets its password in any case. */
export async function ensureRole(
  sql: AdminConnection,
  name: string,
  password: string,
  options: string,
): Promise<void> {
  const known = await sql`select 1 from pg_roles where rolname = ${name}`;
  if (known.length === 0) await sql`create role ${sql(name)}`;
  // Neither options nor a password can be parameters here.
  const quoted = `'${password.replaceAll("'", "''")}'`;
  await sql.unsafe(`alter role "${name}" with ${options} password ${quoted}`);
}

async function asAdmin(
  server: PreparedServer,
  database: string,
  work: (sql: AdminConnection) => Promise<void>,
): Promise<void> {
  const sql = postgres({
    host: server.host,
    port: server.port,
    username: server.superuser.name,
    password: server.superuser.password,
    database,
    max: 1,
    connect_timeout: 10,
    // Nobody hears the rejection of the driver's own question when the server stops meanwhile.
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
