import { join } from "node:path";
import postgres from "postgres";
import { CFG_PUBLICATION, CFG_SCHEMA } from "../../../protocol/cfg/cfg_schema.ts";
import { ForegroundProcess } from "./foreground_process.ts";
import { BINARIES } from "./patroni_site.ts";
import { runOnce } from "./run_once.ts";
import type { StandNetwork } from "./stand_network.ts";
import { until } from "./until.ts";

const USER = "postgres";
const PORT = 5433;

/** A PostgreSQL with the control plane's published `cfg`. */
export interface CfgPublisher extends AsyncDisposable {
  sql: postgres.Sql;
  /** How a subscriber connects (libpq). */
  conninfo: string;
}

/** Starts one at the control plane's site, in a new folder below `base`. */
export async function cfgPublisher(base: string, network: StandNetwork): Promise<CfgPublisher> {
  const host = network.hosts.control;
  const folder = join(base, "publisher");
  await runOnce(
    USER,
    `${BINARIES}/initdb`,
    ...["-D", folder, "-A", "trust", "-U", "plane", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
  );
  const settings = {
    ...{ port: String(PORT), listen_addresses: host, unix_socket_directories: folder },
    ...{ wal_level: "logical", wal_sender_timeout: "3s", fsync: "off" },
  };
  const process = new ForegroundProcess({
    command: `${BINARIES}/postgres`,
    args: ["-D", folder, ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`])],
    prefix: network.prefix("control"),
    user: USER,
    log: join(base, "publisher.log"),
  });
  const sql = postgres({
    ...{ host, port: PORT, username: "plane", database: "postgres", max: 2 },
    onnotice: () => {},
  });
  const end = async () => {
    await sql.end({ timeout: 1 });
    process.signal("SIGQUIT");
    await process.ended;
  };
  try {
    await runOnce(
      USER,
      "sh",
      "-c",
      `echo "host all all ${network.range} trust" >> ${folder}/pg_hba.conf`,
    );
    await until("the publisher's PostgreSQL", 20, async () => (await sql`select 1`) && true);
    await sql`select pg_reload_conf()`;
    for (const statement of CFG_SCHEMA) await sql.unsafe(statement);
    await sql.unsafe(`create publication ${CFG_PUBLICATION} for tables in schema cfg`);
    const conninfo = `host=${host} port=${PORT} user=plane password=none dbname=postgres`;
    return { sql, conninfo, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}
