const STEP_MS = 250;
const LEAST_MS = 500;

/**
 * Milliseconds to hold back a refusal that has taken `elapsedMs`, so that every refusal takes one of
 * a few round times, whether or not there is such a tenant and such a person.
 */
export function evenDelay(elapsedMs: number): number {
  const until = Math.max(LEAST_MS, Math.ceil(elapsedMs / STEP_MS) * STEP_MS);
  return until - elapsedMs;
}
