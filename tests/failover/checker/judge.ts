import type { Entry } from "../history/entry.ts";
import { checkCalls } from "./check_calls.ts";
import { checkMessages } from "./check_messages.ts";
import { checkOffers } from "./check_offers.ts";
import { checkOwnership } from "./check_ownership.ts";
import { checkPlaces } from "./check_places.ts";
import { checkTimers } from "./check_timers.ts";
import { checkTimes } from "./check_times.ts";
import type { Verdict } from "./verdict.ts";

/** Judges a whole history. */
export function judge(history: readonly Entry[]): Verdict {
  return {
    ...checkCalls(history),
    ...checkMessages(history),
    ...checkOwnership(history),
    ...checkPlaces(history),
    ...checkOffers(history),
    ...checkTimers(history),
    ...checkTimes(history),
  };
}
