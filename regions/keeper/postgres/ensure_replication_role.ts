import type postgres from "postgres";
import type { KeptInstallation } from "./kept_installation.ts";

/** Makes the role with which standbys connect, or sets its password. Local: no standby is waited for. */
export async function ensureReplicationRole(
  sql: postgres.Sql,
  { role, password }: NonNullable<KeptInstallation["replication"]>,
): Promise<void> {
  const known = await sql`select 1 from pg_roles where rolname = ${role}`;
  // Neither options nor a password can be parameters here.
  const verb = known.length === 0 ? "create" : "alter";
  const quoted = `'${password.replaceAll("'", "''")}'`;
  await sql.unsafe(`
    begin;
    set local synchronous_commit = local;
    ${verb} role "${role}" with login replication password ${quoted};
    commit`);
}
