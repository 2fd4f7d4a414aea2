import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { endProcess } from "../../protocol/processes/end_process.ts";
import { processIdentity } from "../../protocol/processes/process_identity.ts";

/** Seconds a server gets for its fast shutdown before it is killed. */
const GRACE = 20;

/**
 * Makes a data folder free to be served: stops the postmaster that an earlier, killed start left
 * there (fast shutdown), waits until its last backend has gone, and takes away a `postmaster.pid`
 * whose process is not a postmaster of this folder, at which PostgreSQL would refuse to start.
 *
 * @returns whether a postmaster was stopped
 * @throws AntiphonError `conflict` when backends do not go
 */
export async function stopLeftOver(dataFolder: string): Promise<boolean> {
  const path = join(dataFolder, "postmaster.pid");
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await lastBackendGone(dataFolder);
    return false;
  }
  const pid = Number(text.split("\n")[0]);
  const identity = await processIdentity(pid);
  const ours = identity !== undefined && identity.command.includes("postgres") &&
    identity.command.split(" ").includes(dataFolder);
  if (ours) await endProcess(pid, identity.started, "SIGINT", GRACE);
  await lastBackendGone(dataFolder);
  try {
    await Deno.remove(path);
  } catch (error) {
    // A clean shutdown has removed it.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return ours;
}

/** Backends notice the death of their postmaster within moments; until then nothing may start. */
async function lastBackendGone(dataFolder: string): Promise<void> {
  const end = Date.now() + GRACE * 1000;
  while (await someoneIn(dataFolder)) {
    if (Date.now() > end) {
      throw new AntiphonError(
        "conflict",
        `Processes still use ${dataFolder}: end them (fuser -v ${dataFolder} shows them)`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether a process has the folder as its working folder, as all of PostgreSQL's have. */
async function someoneIn(folder: string): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  for await (const entry of Deno.readDir("/proc")) {
    if (!/^[0-9]+$/.test(entry.name)) continue;
    // Processes of others, and those that end while we look, cannot be asked.
    const cwd = await Deno.readLink(`/proc/${entry.name}/cwd`).catch(() => "");
    if (cwd === folder) return true;
  }
  return false;
}
