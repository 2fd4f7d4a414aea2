/** How far it is with someone who is to be called, or was. */
export interface CallbackState {
  /** When they asked to be called back, or were listed (epoch ms). */
  askedAt: number;
  /** Calls placed. */
  attempts: number;
  /** Why the last of them came to nothing. */
  lastCause: string | null;
  /** Postponed: not offered before (epoch ms); null: until something else happens. */
  notBefore: number | null;
  /** Waiting: may not be called any more from then on (epoch ms). */
  windowEnds: number | null;
  /** The agent who is kept free until the contact has answered. */
  reservedAgentId: string | null;
}

/** The state of someone who is to be called from now on. */
export function newCallback(at: number): CallbackState {
  return {
    askedAt: at,
    attempts: 0,
    lastCause: null,
    notBefore: null,
    windowEnds: null,
    reservedAgentId: null,
  };
}
