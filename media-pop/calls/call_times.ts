/** How long each state may last, in milliseconds. */
export const CALL_TIMES = {
  /** Ringing until the cell decides. Longer than a cluster needs to move to its standby. */
  ringing: 20_000,
  /** Opening media for the answer. */
  answering: 5_000,
  /** From the first INVITE to the end of any call. */
  overall: 4 * 3_600_000,
  /** Reaching an agent's softphone. */
  joining: 5_000,
  /** Closing a leg's media and counting it. */
  leaving: 2_000,
  /** Closing a recording's file. */
  closing: 2_000,
  /** What a `collect` plays, at most. */
  prompt: 11 * 60_000,
  /** How long a recording stays silent after a pause: what was said in it is still on its way. */
  pauseLingers: 500,
  /** The same after secret digits, and after each digit typed then: some type on too late. */
  secretLingers: 3_000,
  /** Sealing what was typed. */
  sealing: 2_000,
} as const;
