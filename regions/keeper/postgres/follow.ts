import type postgres from "postgres";
import type { KeptInstallation } from "./kept_installation.ts";
import { primaryConninfo } from "./primary_conninfo.ts";
import type { StandbySource } from "./server_part.ts";
import { slotName } from "./slot_name.ts";

/** Has a running standby receive from another address; one that does so already is left alone. */
export async function follow(
  sql: postgres.Sql,
  server: KeptInstallation,
  source: StandbySource,
): Promise<void> {
  const wanted = {
    primary_conninfo: primaryConninfo(server, source),
    primary_slot_name: slotName(source.standby),
  };
  for (const [name, value] of Object.entries(wanted)) {
    const [{ now }] = await sql`select current_setting(${name}) as now`;
    if (now === value) continue;
    // Neither a name nor a value can be a parameter here.
    await sql.unsafe(`alter system set ${name} = '${value.replaceAll("'", "''")}'`);
  }
  await sql`select pg_reload_conf()`;
}
