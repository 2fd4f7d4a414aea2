/** What a session keeps besides its events. */
export type SessionFacts = {
  /** Names this series of event numbers. */
  session: string | null;
  tenantId: string | null;
  agentId: string | null;
  /** The cluster that pushed last and the highest epoch it did so under. */
  clusterId: string | null;
  epoch: number;
  /** What the cell was last told of the agent's presence and has taken. */
  toldConnected: boolean | null;
  /** When the last desktop was lost, in milliseconds; null while there is one. */
  goneAt: number | null;
  /** Whether a desktop waits for a snapshot. */
  snapshotDue: boolean;
};

/** A session before anything has happened. */
export const FIRST_FACTS: SessionFacts = {
  session: null,
  tenantId: null,
  agentId: null,
  clusterId: null,
  epoch: 0,
  toldConnected: null,
  goneAt: null,
  snapshotDue: false,
};
