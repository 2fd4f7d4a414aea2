import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Waits for a write no longer than `ms`. A commit that waits for its standby is never cancelled:
 * Postgres would report it as done. Nobody knows then what becomes of it, so nothing may be written
 * behind it, and the process has to end.
 *
 * @param timer Runs `run` after `ms`; returns how to cancel it.
 * @throws AntiphonError `stale_epoch` when the time is over
 */
export async function writeWithin<T>(
  write: Promise<T>,
  ms: number,
  timer: (ms: number, run: () => void) => () => void,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = timer(ms, () =>
    late.reject(
      new AntiphonError("stale_epoch", `A commit was not done after ${ms} ms: its outcome is open`),
    ));
  try {
    return await Promise.race([write, late.promise]);
  } finally {
    cancel();
    // What comes after the time is over is nobody's any more.
    write.catch(() => {});
  }
}
