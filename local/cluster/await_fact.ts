import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Pace } from "./pace.ts";

const LOOK_MS = 25;

/**
 * Looks again and again until there is something to see.
 * @throws AntiphonError `deadline_exceeded`
 */
export async function awaitFact<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  timeoutMs: number,
  { now, pause }: Pace,
): Promise<T> {
  const end = now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (now() > end) {
      throw new AntiphonError(
        "deadline_exceeded",
        `${what} has not come within ${Math.round(timeoutMs / 1000)} s`,
      );
    }
    await pause(LOOK_MS);
  }
}
