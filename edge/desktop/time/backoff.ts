/** Bounds of {@linkcode backoff}, in milliseconds. */
export interface BackoffBounds {
  first: number;
  most: number;
}

/**
 * How long to wait before try number `attempt` (0 is the first repeat): doubling from `first` to at
 * most `most`, of which a random half to whole is taken, so that desktops do not return together.
 *
 * @param random a number in [0, 1)
 */
export function backoff(
  attempt: number,
  random: number,
  bounds: BackoffBounds = { first: 500, most: 15_000 },
): number {
  const whole = Math.min(bounds.most, bounds.first * 2 ** Math.min(attempt, 30));
  return Math.round(whole * (0.5 + random / 2));
}
