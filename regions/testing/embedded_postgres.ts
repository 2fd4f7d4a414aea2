import { join } from "node:path";
import { postgresPrograms } from "./postgres_programs.ts";

/** Where the tests' server lives, one for all test modules of this process. */
const HOME = `/tmp/antiphon-cell-test-${Deno.pid}`;
const FLAGS = [
  "wal_level=logical",
  "max_wal_senders=10",
  "max_replication_slots=10",
  "max_connections=200",
  "max_slot_wal_keep_size=256MB",
  "shared_buffers=32MB",
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=''",
  "fsync=off",
];

interface Server {
  port: number;
  users: number;
}

/**
 * Takes part in the tests' PostgreSQL server: the first to come starts it, the last to go stops
 * it, also across test modules that run at once.
 *
 * @returns The server's port, and how to leave.
 */
export async function embeddedPostgres(): Promise<{ port: number; leave(): Promise<void> }> {
  const port = await locked(async () => {
    const server = await readServer() ?? { port: await startAnew(), users: 0 };
    server.users++;
    await writeServer(server);
    return server.port;
  });
  return {
    port,
    leave: () =>
      locked(async () => {
        const server = (await readServer())!;
        server.users--;
        if (server.users > 0) return await writeServer(server);
        await pgCtl("stop", "-m", "immediate");
        await Deno.remove(join(HOME, "server.json"));
        await Deno.remove(HOME, { recursive: true });
      }),
  };
}

/** Runs one at a time among all test modules: a folder can be made only once. */
async function locked<T>(run: () => Promise<T>): Promise<T> {
  const lock = `${HOME}.lock`;
  for (;;) {
    try {
      await Deno.mkdir(lock);
      break;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  try {
    return await run();
  } finally {
    await Deno.remove(lock);
  }
}

async function readServer(): Promise<Server | null> {
  try {
    return JSON.parse(await Deno.readTextFile(join(HOME, "server.json")));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function writeServer(server: Server): Promise<void> {
  await Deno.writeTextFile(join(HOME, "server.json"), JSON.stringify(server));
}

async function startAnew(): Promise<number> {
  try {
    return await start();
  } catch (error) {
    await Deno.remove(HOME, { recursive: true });
    throw error;
  }
}

async function start(): Promise<number> {
  const { folder, run } = await postgresPrograms(HOME);
  await folder("data");
  const auth = ["-U", "cc", "-A", "trust"];
  const speed = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"];
  await run("initdb", "-D", join(HOME, "data"), ...auth, ...speed);
  const port = freePort();
  const flags = FLAGS.flatMap((flag) => ["-c", flag]).join(" ");
  const log = join(HOME, "data", "server.log");
  await pgCtl(
    "start",
    "-l",
    log,
    "-o",
    `-p ${port} ${flags}`,
  );
  return port;
}

async function pgCtl(...args: string[]): Promise<void> {
  const { run } = await postgresPrograms(HOME);
  await run("pg_ctl", "-D", join(HOME, "data"), "-w", ...args);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
