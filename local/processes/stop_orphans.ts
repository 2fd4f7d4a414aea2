import { endGroup } from "./end_group.ts";
import { endProcess } from "../../protocol/processes/end_process.ts";
import { markedProcesses } from "./marked_processes.ts";
import type { PidFiles } from "./pid_files.ts";
import { processIdentity } from "../../protocol/processes/process_identity.ts";

/** Seconds an orphan gets to end by itself. */
const GRACE = 10;

/**
 * Stops what an earlier start of the same data folder left running, and forgets its pid files. A
 * process is ours only if pid, start time and command line are the noted ones, or if it carries
 * the data folder's mark.
 *
 * @returns names (or command lines) of what was stopped
 */
export async function stopOrphans(pidFiles: PidFiles, dataFolder: string): Promise<string[]> {
  const stopped: string[] = [];
  await Promise.all((await pidFiles.list()).map(async (note) => {
    const now = await processIdentity(note.pid);
    if (now?.started === note.started && now.command === note.command) {
      await endProcess(note.pid, note.started, note.stopSignal, GRACE);
      endGroup(note.pid);
      stopped.push(note.name);
    }
    await pidFiles.forget(note.name);
  }));
  await Promise.all((await markedProcesses(dataFolder)).map(async (orphan) => {
    await endProcess(orphan.pid, orphan.started, "SIGTERM", GRACE);
    stopped.push(orphan.command.split(" ")[0].split("/").at(-1)!);
  }));
  return stopped;
}
