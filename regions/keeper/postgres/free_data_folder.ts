import { join } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { pause } from "./pause.ts";
import { removePath } from "./remove_path.ts";

/**
 * Makes the folder of a postmaster that is gone free to be served: waits until its last backend has
 * gone, and takes away a `postmaster.pid` that it left, at which PostgreSQL would refuse to start
 * when the pid belongs to somebody else now.
 *
 * @throws AntiphonError `conflict` when backends do not go within `ms`
 */
export async function freeDataFolder(dataFolder: string, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (await someoneIn(dataFolder)) {
    if (performance.now() > end) {
      throw new AntiphonError(
        "conflict",
        `Processes still use ${dataFolder}: end them (fuser -v ${dataFolder} shows them)`,
      );
    }
    await pause(20);
  }
  await removePath(join(dataFolder, "postmaster.pid"));
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
