/**
 * How the session socket stands. `offline`: the browser has no network, or several tries failed.
 * `replaced`: another window of the same agent took over. `ended`: the sign-in is over.
 */
export interface SessionStatus {
  status: "connecting" | "connected" | "reconnecting" | "offline" | "replaced" | "ended";
  /** When the next try is made, ms since the epoch; null when none is waiting. */
  retryAt: number | null;
}
