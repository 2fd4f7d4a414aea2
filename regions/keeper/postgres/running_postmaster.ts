import { join } from "node:path";
import { processIdentity } from "../../../protocol/processes/process_identity.ts";

/** A postmaster that serves a data folder now. */
export interface RunningPostmaster {
  pid: number;
  /** Tells it from a later process with the same pid. */
  started: string;
  /** Eighth line of its lock file. "ready": connections are taken. */
  status: "starting" | "stopping" | "ready" | "standby";
}

/**
 * Finds who serves a data folder, by its `postmaster.pid` and the process that it names. Undefined
 * when nobody does, or when the pid has gone to somebody else.
 */
export async function runningPostmaster(
  dataFolder: string,
): Promise<RunningPostmaster | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(join(dataFolder, "postmaster.pid"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const lines = text.split("\n");
  const identity = await processIdentity(Number(lines[0]));
  if (!identity?.command.includes("postgres")) return undefined;
  if (!`${identity.command} `.includes(` -D ${dataFolder} `)) return undefined;
  const status = lines[7]?.trim();
  return {
    pid: identity.pid,
    started: identity.started,
    status: status === "ready" || status === "standby" || status === "stopping"
      ? status
      : "starting",
  };
}
