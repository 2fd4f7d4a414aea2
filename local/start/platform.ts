import type { LocalState } from "../layout/local_state.ts";
import type { ProcessStatus } from "../processes/process_status.ts";

/** The running platform, and a hand on each of its processes. */
export interface Platform extends AsyncDisposable {
  state: LocalState;
  /** From the call to ready and seeded. */
  startSeconds: number;
  /** Whether processes that end by themselves are started again. May be switched. */
  autoRestart: boolean;
  /**
   * Settles when every cluster has a standby in sync and a standby cell, which come up after the
   * start; at once without standbys.
   */
  redundant(): Promise<void>;
  /** PostgreSQL servers are among them ("postgres-E39-eu-central"), though keepers start them. */
  processes(): ProcessStatus[];
  /**
   * Kills a process ("cell-E39-eu-central") with SIGKILL; it stays down until it is started. A
   * server of PostgreSQL comes back as its keeper decides.
   */
  kill(name: string): Promise<void>;
  /**
   * Starts a killed or stopped process and waits until it is ready; a cell is that when it stands
   * by, and is active moments later where its site may be.
   */
  start(name: string): Promise<void>;
  /** Starts a process anew that hands over to its successor by itself ("edge"); it serves meanwhile. */
  renew(name: string): Promise<void>;
  /** Stops a process cleanly; it stays down until it is started. */
  stop(name: string): Promise<void>;
  /** Stops everything in order. */
  [Symbol.asyncDispose](): Promise<void>;
}
