import { LEASE_TIMES, type LeaseTimes } from "../lease/lease_times.ts";

/** Times of a keeper's decisions, in milliseconds of a monotonic clock. */
export interface KeeperTimes extends LeaseTimes {
  /** How long a "held" stands that was told to a cell, at most. */
  answerMs: number;
  /** A standby that is away or this far behind no longer holds up commits. */
  degradeAfterMs: number;
  /** A standby is taken in again once its lag stayed below `readmitLagMs` for `readmitAfterMs`. */
  readmitLagMs: number;
  readmitAfterMs: number;
  /** Between naming a synchronous standby and taking the position that it must reach. */
  settleMs: number;
  /** A crashed primary that is not back by then gives way. */
  restartMs: number;
  /** So does one that cannot write for this long. */
  failingWritesMs: number;
  /** A keeper that starts and finds a primary may take this long to get the lease again. */
  adoptMs: number;
  /** A holder that is not the primary by then gives way. */
  takeOverMs: number;
  /** A holder's server that the other site was let to take over is left alone for this long. */
  handOverMs: number;
  /** For each of a switch-over's steps. */
  checkMs: number;
  drainMs: number;
  stopMs: number;
  /** A standby that does not stream by then, while its primary is active, is seeded anew. */
  followMs: number;
  /** A site that never had data leaves its neighbour alone for so long after its own start. */
  firstSeedMs: number;
  startMs: number;
  promoteMs: number;
  seedMs: number;
  /** Between attempts at what failed, doubled each time up to `retryMaxMs`. */
  retryMs: number;
  retryMaxMs: number;
  /** A site that gave way by itself lets the other go first for this long. */
  yieldMs: number;
  /** The most lag with which a planned switch begins. */
  switchLagMs: number;
}

/** What a keeper takes unless its configuration says otherwise. */
export const KEEPER_TIMES: KeeperTimes = {
  ...LEASE_TIMES,
  answerMs: 1000,
  degradeAfterMs: 3000,
  readmitLagMs: 1000,
  readmitAfterMs: 5000,
  settleMs: 1000,
  restartMs: 1500,
  failingWritesMs: 2000,
  adoptMs: 2000,
  takeOverMs: 15_000,
  handOverMs: 4000,
  checkMs: 3000,
  drainMs: 2000,
  stopMs: 5000,
  followMs: 10_000,
  firstSeedMs: 0,
  startMs: 30_000,
  promoteMs: 10_000,
  seedMs: 3_600_000,
  retryMs: 500,
  retryMaxMs: 15_000,
  yieldMs: 5000,
  switchLagMs: 1000,
};
