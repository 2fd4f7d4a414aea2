import { join } from "node:path";

/** A server of PostgreSQL as its own note in its data folder tells. */
export interface Postmaster {
  pid: number;
  /** Epoch ms of its start. */
  started: number;
  state: "starting" | "stopping" | "ready" | "standby";
}

/**
 * Reads `postmaster.pid` of a data folder: pid, folder, start, port, socket, address, shared memory
 * and status, a line each (PostgreSQL's `miscadmin.h`).
 *
 * @returns undefined when there is none, or it is half written
 */
export function readPostmaster(dataFolder: string): Postmaster | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(join(dataFolder, "postmaster.pid"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const lines = text.split("\n").map((line) => line.trim());
  const [pid, started, status = "starting"] = [Number(lines[0]), Number(lines[2]), lines[7]];
  if (!Number.isSafeInteger(pid) || pid <= 0 || !Number.isFinite(started)) return undefined;
  const known = (["stopping", "ready", "standby"] as const).find((word) => word === status);
  return { pid, started: started * 1000, state: known ?? "starting" };
}
