/** Times of a lease, in milliseconds of a monotonic clock. */
export interface LeaseTimes {
  /** How long a witness counts a grant as live, from when it wrote it. */
  ttlMs: number;
  /** How often a holder renews. */
  renewEveryMs: number;
  /** How often everyone else reads. */
  lookEveryMs: number;
  /** After this a request counts as unanswered. */
  requestTimeoutMs: number;
  /** Share of the ttl by which two sites' clocks may run apart in one ttl. */
  marginShare: number;
  /** What comes off a grant besides. */
  marginMs: number;
}

/** Half a second to renew, two and a half to live. */
export const LEASE_TIMES: LeaseTimes = {
  ttlMs: 2500,
  renewEveryMs: 500,
  lookEveryMs: 200,
  requestTimeoutMs: 600,
  marginShare: 0.1,
  marginMs: 50,
};
