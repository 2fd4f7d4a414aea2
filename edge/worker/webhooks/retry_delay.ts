const FIRST_MS = 250;
const LAST_MS = 30_000;

/** Milliseconds until the next attempt after `attempts` that failed: doubling, half a minute at most. */
export function retryDelay(attempts: number): number {
  return Math.min(FIRST_MS * 2 ** Math.max(attempts - 1, 0), LAST_MS);
}
