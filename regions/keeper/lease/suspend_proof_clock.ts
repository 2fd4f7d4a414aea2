/**
 * A monotonic clock in ms that goes on while the machine sleeps. `performance.now()` stands still
 * then on Linux; the machine's uptime does not, but comes in whole seconds.
 * @param monotonic ms, may stand still
 * @param uptime s, whole, never stands still
 */
export function suspendProofClock(monotonic: () => number, uptime: () => number): () => number {
  const start = { ms: monotonic(), s: uptime() };
  let last = start.ms;
  return () => {
    // The two roundings of the uptime can make it a second too much.
    const awake = monotonic();
    const slept = start.ms + (uptime() - start.s - 1) * 1000;
    last = Math.max(last, awake, slept);
    return last;
  };
}
