import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * Waits for a promise, but no longer than `ms`. A rejection after that is nobody's.
 * @throws AntiphonError `deadline_exceeded`
 */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new AntiphonError("deadline_exceeded", `${what} took longer than ${ms} ms`)),
    ms,
  );
  promise.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
