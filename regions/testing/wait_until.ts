/** Longest wait, in milliseconds. */
const MOST_MS = 15_000;

/**
 * Waits until something that gives no event has come about.
 * @throws when it has not within 15 s
 */
export async function waitUntil(there: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + MOST_MS;
  while (!await there()) {
    if (performance.now() > until) throw new Error(`It did not come about: ${there}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
