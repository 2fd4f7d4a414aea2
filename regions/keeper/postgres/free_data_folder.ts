import { join } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { processIdentity } from "../../../protocol/processes/process_identity.ts";
import { pause } from "./pause.ts";
import { removePath } from "./remove_path.ts";

/**
 * Makes the folder of a postmaster that is gone free to be served: waits until its last backend has
 * gone, and takes away a `postmaster.pid` that it left, at which PostgreSQL would refuse to start
 * when the pid belongs to somebody else now. Backends notice the end of their postmaster within
 * moments; one that has not after half of the time hangs, and is killed.
 *
 * @throws AntiphonError `conflict` when processes do not go within `ms`
 */
export async function freeDataFolder(dataFolder: string, ms: number): Promise<void> {
  const begin = performance.now();
  let killed = false;
  for (;;) {
    const left = await processesIn(dataFolder);
    if (left.length === 0) break;
    const since = performance.now() - begin;
    if (since > ms) {
      throw new AntiphonError(
        "conflict",
        `Processes still use ${dataFolder}: end them (fuser -v ${dataFolder} shows them)`,
      );
    }
    if (since > ms / 2 && !killed) {
      killed = true;
      await Promise.all(left.map(killBackend));
    }
    await pause(20);
  }
  await removePath(join(dataFolder, "postmaster.pid"));
}

async function killBackend(pid: number): Promise<void> {
  // A shell that somebody has left in the folder is none.
  if (!/^postgres\b/.test((await processIdentity(pid))?.command ?? "")) return;
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Processes whose working folder it is, as all of PostgreSQL's have. Linux only; none elsewhere. */
async function processesIn(folder: string): Promise<number[]> {
  if (Deno.build.os !== "linux") return [];
  const found: number[] = [];
  for await (const entry of Deno.readDir("/proc")) {
    if (!/^[0-9]+$/.test(entry.name)) continue;
    // Processes of others, and those that end while we look, cannot be asked.
    const cwd = await Deno.readLink(`/proc/${entry.name}/cwd`).catch(() => "");
    if (cwd === folder) found.push(Number(entry.name));
  }
  return found;
}
