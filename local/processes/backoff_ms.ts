/** Milliseconds to wait before the n-th restart in a row (from 0): 0.25 s, doubling up to 15 s. */
export function backoffMs(attempt: number): number {
  return Math.min(250 * 2 ** Math.min(attempt, 10), 15_000);
}
