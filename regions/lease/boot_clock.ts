/** The clocks that {@linkcode bootClock} is made of. Neither goes back. */
export interface BootClocks {
  /** Milliseconds of any origin; stands still while the machine is suspended. */
  monotonic: () => number;
  /** Milliseconds since the machine was started, suspended or not, rounded down. */
  uptime: () => number;
}

/**
 * A clock in milliseconds that never goes back, does not know of the wall's, and counts the time
 * for which the machine was suspended: as fine as `monotonic`, and never behind `uptime`. While
 * `uptime` is coarse it runs ahead at first, by one of its steps at most, so that what was granted
 * ends early rather than late.
 */
export function bootClock({ monotonic, uptime }: BootClocks): () => number {
  let ahead = -Infinity;
  return () => {
    const now = monotonic();
    ahead = Math.max(ahead, uptime() - now);
    return now + ahead;
  };
}
