const TOLERANCE = 2_000;

/**
 * Learns this machine's clock minus the platform's, in ms, from an event stamped `stamp` by the
 * platform and seen at `at` here. Travel only ever makes the difference look larger, so the least
 * one seen is the best; a stamp that may be old (`fresh` false) counts only when it lies in our
 * future. Differences within two seconds count as none.
 */
export function observeSkew(known: number, stamp: number, at: number, fresh: boolean): number {
  const seen = at - stamp;
  if (seen < -TOLERANCE) return Math.min(known, seen);
  if (!fresh || known < 0) return known;
  if (known > 0) return seen < TOLERANCE ? 0 : Math.min(known, seen);
  return seen > TOLERANCE ? seen : 0;
}
