import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Waits for work, but no longer than `ms` milliseconds. The work itself goes on.
 * @throws AntiphonError `deadline_exceeded`
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new AntiphonError("deadline_exceeded", `No answer within ${ms} ms: try again`));
  }, ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
