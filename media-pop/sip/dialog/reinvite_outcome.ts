/** What became of a re-INVITE of ours. */
export interface ReinviteOutcome {
  /** Final status; 408 and 503 also when nobody answered or nothing could be sent. */
  readonly status: number;
  readonly reason: string;
  /** The peer's answer, with a 2xx. */
  readonly sdp?: string;
}
