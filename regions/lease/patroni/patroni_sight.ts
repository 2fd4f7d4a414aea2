/** What one question showed of a Patroni member. */
export interface PatroniSight {
  /** Before it was asked: milliseconds of a clock that never goes back. */
  at: number;
  /** Patroni believes that it holds the leader key, or goes on without it in failsafe mode. */
  leader: boolean;
  /** PostgreSQL runs and takes writes. */
  primary: boolean;
  /** The store is out of reach, and every other member has promised to let this one go on. */
  failsafe: boolean;
  /**
   * `dcs_last_seen`: whole seconds by the machine's wall clock, set when a round of Patroni begins.
   * Only whether it is another than before is of use.
   */
  round: number;
}
