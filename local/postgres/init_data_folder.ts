import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { type EmbeddedServer, SUPERUSER } from "./embedded_server.ts";

/**
 * Makes a server's data folder with `initdb` unless it is there. It appears whole or not at all:
 * what an interrupted start left is made anew. Passwords only (SCRAM), mode 0700.
 *
 * @returns whether it was made now
 * @throws AntiphonError `unavailable` with the last words of initdb
 */
export async function initDataFolder(server: EmbeddedServer): Promise<boolean> {
  if (await exists(server.dataFolder)) return false;
  const fresh = `${server.dataFolder}.new`;
  const password = `${server.dataFolder}.password`;
  await remove(fresh);
  try {
    await Deno.mkdir(fresh, { recursive: true, mode: 0o700 });
    await Deno.writeTextFile(password, server.superuserPassword, { mode: 0o600 });
    const { user } = server;
    if (user) await Promise.all([fresh, password].map((p) => Deno.chown(p, user.uid, user.gid)));
    await initdb(server, fresh, password);
    await Deno.rename(fresh, server.dataFolder);
    return true;
  } finally {
    await remove(password);
  }
}

async function initdb(server: EmbeddedServer, folder: string, password: string): Promise<void> {
  const { binaries, user } = server;
  const { success, stdout, stderr } = await new Deno.Command(binaries.initdb, {
    args: [
      `--pgdata=${folder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--no-sync",
      "--no-instructions",
    ],
    // The user may not be allowed to read the folder we were started in.
    cwd: "/",
    env: { LD_LIBRARY_PATH: binaries.libraries, LC_ALL: "C.UTF-8" },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    stdin: "null",
  }).output();
  if (success) return;
  const words = [stderr, stdout].map((bytes) => new TextDecoder().decode(bytes).trim()).join("\n");
  throw new AntiphonError("unavailable", `initdb failed for ${server.name}: ${lastLine(words)}`, {
    data: { lastLines: words.split("\n").slice(-20) },
  });
}

function lastLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.findLast((line) => line.includes("error:")) ?? lines.at(-1) ?? "it said nothing";
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
