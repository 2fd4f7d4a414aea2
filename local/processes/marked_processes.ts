import {
  type ProcessIdentity,
  processIdentity,
} from "../../protocol/processes/process_identity.ts";

/** Environment variable that marks every process of one data folder, and what these start. */
export const MARK = "ANTIPHON_DATA_FOLDER";

/** Processes that carry the mark of a data folder. Linux only; elsewhere none are found. */
export async function markedProcesses(dataFolder: string): Promise<ProcessIdentity[]> {
  if (Deno.build.os !== "linux") return [];
  const found: ProcessIdentity[] = [];
  for await (const entry of Deno.readDir("/proc")) {
    if (!/^[0-9]+$/.test(entry.name) || Number(entry.name) === Deno.pid) continue;
    const environment = await readEnvironment(entry.name);
    if (!environment.split("\0").includes(`${MARK}=${dataFolder}`)) continue;
    const identity = await processIdentity(Number(entry.name));
    if (identity) found.push(identity);
  }
  return found;
}

/** Others' environments cannot be read, and processes end while we look: both are not ours. */
async function readEnvironment(pid: string): Promise<string> {
  return await Deno.readTextFile(`/proc/${pid}/environ`).catch(() => "");
}
