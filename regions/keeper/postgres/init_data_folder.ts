import type { KeptInstallation } from "./kept_installation.ts";
import { removePath } from "./remove_path.ts";
import { runProgram } from "./run_program.ts";
import { syncArguments } from "./sync_arguments.ts";

/** How long `initdb` may take. It takes a second or two. */
const DEADLINE_MS = 120_000;

/**
 * Makes a server's data folder with `initdb`. It appears whole or not at all: what an interrupted
 * start left is made anew. Passwords only (SCRAM), checksums, mode 0700.
 * @throws AntiphonError `unavailable` with the last words of initdb; `deadline_exceeded`
 */
export async function initDataFolder(server: KeptInstallation): Promise<void> {
  const fresh = `${server.dataFolder}.new`;
  const password = `${server.dataFolder}.password`;
  await removePath(fresh);
  try {
    await Deno.mkdir(fresh, { recursive: true, mode: 0o700 });
    await Deno.writeTextFile(password, server.superuser.password, { mode: 0o600 });
    const { user } = server;
    if (user) await Promise.all([fresh, password].map((p) => Deno.chown(p, user.uid, user.gid)));
    await runProgram(server, {
      program: server.binaries.initdb,
      args: [
        `--pgdata=${fresh}`,
        `--username=${server.superuser.name}`,
        `--pwfile=${password}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
        "--no-instructions",
        ...syncArguments(server.binaries),
      ],
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await Deno.rename(fresh, server.dataFolder);
  } finally {
    await removePath(password);
  }
}
