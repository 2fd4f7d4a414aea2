/** Where a standby gets its WAL from. */
export interface StandbySource {
  host: string;
  port: number;
  /** The standby's own site: its name to the primary. */
  standby: string;
}

/** What a server is started as. A standby without a source only waits to be promoted. */
export type ServerPart = { role: "primary"; synchronous: string | null } | {
  role: "standby";
  source: StandbySource | null;
};
