/** The time the SIP core runs on. */
export interface SipClock {
  /** Milliseconds since some fixed moment, never going back. */
  now(): number;
  /** Calls `turn` every `period` milliseconds until the returned function is called. */
  every(period: number, turn: () => void): () => void;
}
