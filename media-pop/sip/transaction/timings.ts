/** Timer values of RFC 3261 table 4, in milliseconds. */
export const TIMINGS = {
  /** Round-trip estimate. */
  t1: 500,
  /** Longest interval between retransmissions other than of an INVITE. */
  t2: 4000,
  /** How long a message may stay in the network. */
  t4: 5000,
  /** 64*T1: how long one side keeps trying. */
  patience: 32_000,
} as const;
