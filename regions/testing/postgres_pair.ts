import { join } from "node:path";
import postgres from "postgres";
import { postgresPrograms } from "./postgres_programs.ts";

const FLAGS = [
  ...["wal_level=logical", "hot_standby=on", "hot_standby_feedback=on", "wal_log_hints=on"],
  ...["max_standby_streaming_delay=1s", "wal_receiver_status_interval=1s"],
  ...["wal_retrieve_retry_interval=100ms", "max_connections=100", "shared_buffers=32MB"],
  ...["listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off"],
];

/** One of the two servers. */
export interface PairServer {
  /** Connection string of the database "cell". */
  url: string;
  /** Runs statements as the servers' owner. */
  ask(statement: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  stop(mode: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
}

/** A primary and a hot standby that follows it, with the empty database "cell". */
export type PostgresPair = Awaited<ReturnType<typeof postgresPair>>;

/** Starts two servers of their own, one following the other by physical replication. */
export async function postgresPair() {
  const home = await Deno.makeTempDir({ prefix: "antiphon-pair-" });
  await Deno.chmod(home, 0o755);
  const { run, folder } = await postgresPrograms(home);
  const folders = { primary: await folder("primary"), standby: await folder("standby") };
  const ports = { primary: freePort(), standby: freePort() };
  const speed = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"];
  await run("initdb", "-D", folders.primary, "-U", "cc", "-A", "trust", ...speed);

  function server(name: "primary" | "standby"): PairServer {
    const on = ["-D", folders[name], "-w"];
    const settings = [...FLAGS, `port=${ports[name]}`].map((flag) => `-c ${flag}`).join(" ");
    const url = (database: string) => `postgres://cc@127.0.0.1:${ports[name]}/${database}`;
    return {
      url: url("cell"),
      async ask(statement, database = "postgres") {
        const sql = postgres(url(database), { max: 1, fetch_types: false, onnotice: () => {} });
        try {
          return await sql.unsafe(statement);
        } finally {
          await sql.end();
        }
      },
      stop: (mode) => run("pg_ctl", ...on, "-m", mode, "stop"),
      start: () => run("pg_ctl", ...on, "-l", join(folders[name], "log"), "-o", settings, "start"),
    };
  }

  const primary = server("primary");
  const standby = server("standby");
  await primary.start();
  await primary.ask("create database cell");
  await primary.ask("select pg_create_physical_replication_slot('standby', true)");
  await primary.stop("fast");
  await run("/bin/cp", "-a", `${folders.primary}/.`, folders.standby);
  const source = `host=127.0.0.1 port=${ports.primary} user=cc application_name=standby`;
  await Deno.writeTextFile(
    join(folders.standby, "postgresql.auto.conf"),
    `primary_conninfo = '${source}'\nprimary_slot_name = 'standby'\n`,
  );
  await Deno.writeTextFile(join(folders.standby, "standby.signal"), "");
  await primary.start();
  await standby.start();
  return {
    ...{ primary, standby },
    /** Commits wait until the standby has applied them, or no longer. */
    async synchronous(on: boolean): Promise<void> {
      const names = on ? "standby" : "";
      await primary.ask(`alter system set synchronous_standby_names = '${names}'`);
      await primary.ask("select pg_reload_conf()");
    },
    /** Makes the standby writable. */
    promote: async (): Promise<void> => void await standby.ask("select pg_promote(true, 10)"),
    async [Symbol.asyncDispose](): Promise<void> {
      for (const { stop } of [standby, primary]) await stop("immediate").catch(() => {});
      await Deno.remove(home, { recursive: true });
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
