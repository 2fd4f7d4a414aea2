/** What a keeper sees of its own PostgreSQL server. Positions are bytes of write-ahead log. */
export interface ServerObservation {
  /** A postmaster runs. */
  running: boolean;
  /** The data folder holds a cluster (a PG_VERSION). */
  hasData: boolean;
  /** It takes queries. */
  accepting: boolean;
  /** Null while it does not take queries. */
  recovery: boolean | null;
  timeline: number | null;
  /** Written (primary), or received and replayed (standby: the greater of both). */
  position: bigint | null;
  /** At a standby. */
  replayed: bigint | null;
  /** At a standby: whether it receives from its primary. */
  receiver: "streaming" | "away" | null;
  /** At a primary: the standby that is connected. */
  standby: {
    /** Its `application_name`: the site. */
    name: string;
    /** `pg_stat_replication.state`. */
    state: string;
    /** Commits wait for it. */
    sync: boolean;
    replayed: bigint;
    lagMs: number;
    /** Since its last word. */
    silentMs: number;
  } | null;
  /** The site that `synchronous_standby_names` names. */
  synchronous: string | null;
  /** The heartbeat row: whether a local commit comes through. */
  writes: "ok" | "failing" | null;
  /** Free bytes of the data folder's disk. */
  disk: number;
  error: string | null;
}
