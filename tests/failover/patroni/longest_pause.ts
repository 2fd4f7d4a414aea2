import type { Entry } from "../history/entry.ts";
import { ofKind } from "../checker/of_kind.ts";

/**
 * The longest time between two acknowledgements, in milliseconds, that had not ended at the fault.
 * @throws Error when a history has no fault, or nothing was acknowledged before or after it
 */
export function longestPause(history: readonly Entry[]): number {
  const fault = ofKind(history, "mark").find(({ mark }) => mark === "fault");
  const times = ofKind(history, "op").filter(({ phase }) => phase === "ok").map(({ at }) => at)
    .sort((a, b) => a - b);
  if (!fault || !(times[0] < fault.at && fault.at < times.at(-1)!)) {
    throw new Error("Nothing was acknowledged on both sides of a fault");
  }
  const pauses = times.slice(1).map((at, i) => ({ at, ms: at - times[i] }));
  return Math.max(...pauses.filter(({ at }) => at >= fault.at).map(({ ms }) => ms));
}
