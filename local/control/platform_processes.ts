import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { KeptServers } from "../postgres/kept_servers.ts";
import type { ProcessStatus } from "../processes/process_status.ts";
import type { Supervisor } from "../processes/supervisor.ts";

/** All processes of the platform by name: those we run, and the servers that keepers run. */
export class PlatformProcesses {
  readonly #supervisor: Pick<
    Supervisor,
    "statuses" | "watch" | "kill" | "start" | "stop" | "renew"
  >;
  readonly #servers: KeptServers;

  constructor(
    supervisor: Pick<Supervisor, "statuses" | "watch" | "kill" | "start" | "stop" | "renew">,
    servers: KeptServers,
  ) {
    this.#supervisor = supervisor;
    this.#servers = servers;
  }

  get statuses(): ProcessStatus[] {
    return [...this.#supervisor.statuses, ...this.#servers.statuses];
  }

  /** Calls back after changes, but not those of the servers; returns how to end that. */
  watch(watcher: () => void): () => void {
    return this.#supervisor.watch(watcher);
  }

  /** Kills with SIGKILL. A server comes back as its keeper decides, the rest stay down. */
  kill(name: string): Promise<void> {
    return this.#servers.has(name) ? this.#servers.kill(name) : this.#supervisor.kill(name);
  }

  /** Starts a killed or stopped process. @throws AntiphonError `conflict` for a server */
  async start(name: string): Promise<void> {
    this.#refuseServer(name);
    await this.#supervisor.start(name);
  }

  /** Stops a process cleanly. @throws AntiphonError `conflict` for a server */
  async stop(name: string): Promise<void> {
    this.#refuseServer(name);
    await this.#supervisor.stop(name);
  }

  /** Has a process replace itself while it serves. @throws AntiphonError `conflict`, `unavailable` */
  async renew(name: string): Promise<void> {
    this.#refuseServer(name);
    await this.#supervisor.renew(name);
  }

  #refuseServer(name: string): void {
    if (!this.#servers.has(name)) return;
    throw new AntiphonError("conflict", `Only its keeper starts and stops ${name}`);
  }
}
