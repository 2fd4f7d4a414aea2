import { endProcess } from "../../../protocol/processes/end_process.ts";
import { freeDataFolder } from "./free_data_folder.ts";
import { runningPostmaster } from "./running_postmaster.ts";

/** How a server ends (PostgreSQL manual section 18.5). */
const SIGNALS = {
  /** Rolls back what is under way, writes a checkpoint, lets standbys have all WAL. */
  fast: "SIGINT",
  /** At once; recovers from its WAL at the next start. */
  immediate: "SIGQUIT",
} as const;

/** How a server is ended. */
export type StopMode = keyof typeof SIGNALS;

/**
 * Ends whoever serves a data folder and waits until its last process is gone. One that does not end
 * in time is killed.
 *
 * @param ms deadline in milliseconds for ending by itself
 * @returns whether one ran
 * @throws AntiphonError `conflict` when its processes do not go, even killed
 */
export async function stopPostmaster(
  dataFolder: string,
  mode: StopMode,
  ms: number,
): Promise<boolean> {
  const running = await runningPostmaster(dataFolder);
  if (!running) return false;
  await endProcess(running.pid, running.started, SIGNALS[mode], ms / 1000);
  await freeDataFolder(dataFolder, 10_000);
  return true;
}
