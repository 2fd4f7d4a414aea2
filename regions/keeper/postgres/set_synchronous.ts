import type postgres from "postgres";
import { pause } from "./pause.ts";

/**
 * Has a primary's commits wait for a standby, or for nobody. When it names one, it is done when
 * every later commit waits: backends go by what the checkpointer has read, so that one is made to
 * finish a checkpoint that it began after the change.
 */
export async function setSynchronous(sql: postgres.Sql, standby: string | null): Promise<void> {
  const wanted = synchronousNames(standby);
  // Neither a name nor a value can be a parameter here. ALTER SYSTEM waits for no standby.
  await sql.unsafe(`alter system set synchronous_standby_names = '${wanted}'`);
  await sql`select pg_reload_conf()`;
  for (;;) {
    const [{ now }] = await sql`select current_setting('synchronous_standby_names') as now`;
    if (now === wanted) break;
    await pause(5);
  }
  if (standby !== null) await sql`checkpoint`;
}

/** The setting's value. Sites' names hold nothing that needs quoting within the quotes. */
export function synchronousNames(standby: string | null): string {
  return standby === null ? "" : `FIRST 1 ("${standby}")`;
}
