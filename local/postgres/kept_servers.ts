import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { endProcess } from "../../protocol/processes/end_process.ts";
import { processIdentity } from "../../protocol/processes/process_identity.ts";
import type { ProcessStatus } from "../processes/process_status.ts";
import { type Postmaster, readPostmaster } from "./read_postmaster.ts";

/** A server that a keeper keeps: its name among the processes, and where its data may lie. */
export interface KeptServer {
  name: string;
  folders: readonly string[];
}

/** Seconds a server gets for its fast shutdown before it is killed. */
const GRACE = 20;

/** The PostgreSQL servers that keepers have started, found by what stands in their data folders. */
export class KeptServers {
  readonly #servers: readonly KeptServer[];

  constructor(servers: readonly KeptServer[]) {
    this.#servers = servers;
  }

  has(name: string): boolean {
    return this.#servers.some((server) => server.name === name);
  }

  get statuses(): ProcessStatus[] {
    return this.#servers.map((server) => {
      const found = postmasterOf(server);
      const state = found?.state === "standby" ? "ready" : found?.state ?? "stopped";
      return {
        name: server.name,
        state,
        pid: found?.pid ?? null,
        restarts: 0,
        since: found?.started ?? 0,
      };
    });
  }

  /**
   * Kills a server with SIGKILL; its keeper decides what comes next. Nothing when none runs.
   * @throws AntiphonError `not_found`
   */
  async kill(name: string): Promise<void> {
    const server = this.#servers.find((known) => known.name === name);
    if (!server) throw new AntiphonError("not_found", `No server is named ${name}`);
    const owner = await ownerOf(server);
    if (owner) await endProcess(owner.pid, owner.started, "SIGKILL", 10);
  }

  /** Stops the servers that a killed keeper has left, by fast shutdown. Gives their names. */
  async stopLeftOver(): Promise<string[]> {
    const stopped = await Promise.all(this.#servers.map(async (server) => {
      const owner = await ownerOf(server);
      if (!owner) return [];
      await endProcess(owner.pid, owner.started, "SIGINT", GRACE);
      return [server.name];
    }));
    return stopped.flat();
  }
}

function postmasterOf({ folders }: KeptServer): (Postmaster & { folder: string }) | undefined {
  for (const folder of folders) {
    const found = readPostmaster(folder);
    if (found && isAlive(found.pid)) return { ...found, folder };
  }
  return undefined;
}

/** A note may outlive its writer, and the pid go to somebody else. */
async function ownerOf(server: KeptServer) {
  const found = postmasterOf(server);
  const identity = found && await processIdentity(found.pid);
  const isOurs = identity?.command.includes("postgres") &&
    identity.command.split(" ").includes(found!.folder);
  return isOurs ? identity : undefined;
}

/** Where processes cannot be looked up at once they count as alive. */
function isAlive(pid: number): boolean {
  if (Deno.build.os !== "linux") return true;
  try {
    // A zombie has no memory, and its command line is empty.
    return Deno.readTextFileSync(`/proc/${pid}/cmdline`) !== "";
  } catch {
    return false;
  }
}
