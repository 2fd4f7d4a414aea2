import type { ServerObservation } from "./server_observation.ts";

/** Where a site's PostgreSQL is reached by the other sites. */
export interface PeerAddress {
  site: string;
  host: string;
  port: number;
}

/** How far a seeding is. */
export interface SeedProgress {
  copiedBytes: number;
  totalBytes: number | null;
}

/**
 * One cluster's PostgreSQL at one site. Calls come one at a time, but `stop("immediate")` may come
 * while another runs and ends that. All but `observe` reject with an AntiphonError when they fail.
 */
export interface KeptServer {
  /** Never throws; answers within 500 ms. */
  observe(): Promise<ServerObservation>;
  /** Makes a new cluster in place of what lies there, if anything, and starts it as a primary. */
  bootstrap(): Promise<void>;
  /**
   * Starts with `synchronous_standby_names` naming `synchronous`, whatever an earlier run left. The
   * folder decides what comes up: with a standby.signal, which is left there, a server in recovery.
   * A server must never recover by itself from the crash of one of its processes
   * (`restart_after_crash = off`): what waited for the standby would be seen before it is there.
   */
  startPrimary(synchronous: string | null): Promise<void>;
  /**
   * Starts as a standby, whatever the folder was (writes the standby.signal), or has a running one
   * follow another address. Resolves once it runs; it need not reach its primary.
   */
  startStandby(primary: PeerAddress): Promise<void>;
  /**
   * Ends recovery on a timeline above `above`, waits for that, and has `synchronous_standby_names`
   * name nobody from the first write on.
   */
  promote(above: number): Promise<void>;
  /** Does nothing when it does not run. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  /**
   * Wipes the data folder, copies the primary's, and starts as its standby. Reaches the primary and
   * has its backup begun before it wipes anything; `untouched` in the result says when it did not.
   */
  seed(primary: PeerAddress, progress: (progress: SeedProgress) => void): Promise<void>;
  setSynchronous(standby: string | null): Promise<void>;
  checkpoint(): Promise<void>;
}
