/** Where a standby gets its WAL from. */
export interface StandbySource {
  host: string;
  port: number;
  /** The standby's own site: its name to the primary. */
  standby: string;
}

/** What a server is started as. */
export type ServerPart = { role: "primary" } | { role: "standby"; source: StandbySource };
