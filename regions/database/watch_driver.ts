/**
 * Notices when the driver fails where nobody can await it: it writes to, or asks its own first
 * question on, a connection that has just been closed. What was under way on that connection may
 * never be answered, so the process has lost its database. Other errors end it as they always do.
 *
 * @param target The global scope.
 * @param lost Called with the error, once or more.
 * @returns how to stop that
 */
export function watchDriver(target: EventTarget, lost: (error: Error) => void): () => void {
  const listener = (event: Event) => {
    const { error, reason } = event as Event & { error?: unknown; reason?: unknown };
    const failure = reason ?? error;
    if (!(failure instanceof Error) || !DRIVER.test(failure.stack ?? "")) return;
    event.preventDefault();
    lost(failure);
  };
  for (const type of TYPES) target.addEventListener(type, listener);
  return () => TYPES.forEach((type) => target.removeEventListener(type, listener));
}

const TYPES = ["error", "unhandledrejection"];
/** The file of postgres.js that holds a connection. */
const DRIVER = /\/postgres\/(src|cjs\/src)\/connection\.js:/;
