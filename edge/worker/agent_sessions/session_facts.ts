/** What a session keeps besides its events. */
export type SessionFacts = {
  /** Names this series of event numbers. */
  session: string | null;
  tenantId: string | null;
  agentId: string | null;
  /**
   * The highest epoch of each cluster that has pushed. A tenant that moves to another cluster and
   * back is not told anything by who held the first one before.
   */
  epochs: Record<string, number>;
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
  epochs: {},
  toldConnected: null,
  goneAt: null,
  snapshotDue: false,
};
