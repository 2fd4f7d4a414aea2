/**
 * Makes a function that runs one task at a time over all windows of this browser (Web Locks). A
 * refresh token is good once, so two windows must not use the same one.
 */
export function withBrowserLock(name: string): <T>(task: () => Promise<T>) => Promise<T> {
  return async (task) => {
    if (!navigator.locks) return await task();
    return await navigator.locks.request(name, task) as Awaited<ReturnType<typeof task>>;
  };
}
