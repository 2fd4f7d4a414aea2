import type { Entry } from "../history/entry.ts";
import { ofKind } from "./of_kind.ts";

/** What became of flows that wait for timers. */
export interface TimersVerdict {
  /** Rounds of flows' timers that came to the service under two idempotency keys. */
  timersDoubled: number;
  /** Rounds that were left out. */
  timersLost: number;
  /** Requests that were repeated under their key, which the service tells apart. */
  timersRepeated: number;
  /** The longest time from one round of a flow to its next, in ms. */
  timerLongestMs: number;
}

/** Each round of a flow tells the service its number; each must come under one key alone. */
export function checkTimers(history: readonly Entry[]): TimersVerdict {
  const ticks = ofKind(history, "outside").filter((it) => it.service === "ticks");
  const flows = Map.groupBy(ticks, ({ to }) => to);
  let [doubled, lost, repeated, longest] = [0, 0, 0, 0];
  for (const rounds of flows.values()) {
    const keys = new Map<number, Set<string>>();
    for (const { number, key } of rounds) {
      const known = keys.get(number!) ?? new Set();
      if (known.has(key!)) repeated += 1;
      keys.set(number!, known.add(key!));
    }
    doubled += [...keys.values()].filter((known) => known.size > 1).length;
    const numbers = [...keys.keys()];
    lost += Math.max(...numbers) - Math.min(...numbers) + 1 - numbers.length;
    for (const [i, { at }] of rounds.entries()) {
      if (i > 0) longest = Math.max(longest, at - rounds[i - 1].at);
    }
  }
  return {
    timersDoubled: doubled,
    timersLost: lost,
    timersRepeated: repeated,
    timerLongestMs: Math.round(longest),
  };
}
