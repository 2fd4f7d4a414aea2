import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { KEEPER_TIMES, type KeeperTimes } from "../decisions/keeper_times.ts";

/**
 * The keeper's times with those of its file in their place.
 * @throws AntiphonError `configuration_invalid` when one is unknown or they do not go together
 */
export function keeperTimesOf(given: Readonly<Record<string, number>>): KeeperTimes {
  const unknown = Object.keys(given).filter((name) => !(name in KEEPER_TIMES));
  if (unknown.length > 0) {
    const known = Object.keys(KEEPER_TIMES).join(", ");
    throw invalid(`times: ${unknown.join(", ")} is unknown; known are ${known}`);
  }
  const times = { ...KEEPER_TIMES, ...given };
  if (times.marginShare >= 1) throw invalid("times: marginShare must be below 1");
  const lives = times.ttlMs * (1 - times.marginShare) - times.marginMs;
  if (lives < 2 * times.renewEveryMs + times.requestTimeoutMs) {
    throw invalid(
      `times: a lease that lives for ${Math.round(lives)} ms without its margin ends before a ` +
        "renewal may fail once: make ttlMs longer, or renewEveryMs and requestTimeoutMs shorter",
    );
  }
  return times;
}

function invalid(message: string): AntiphonError {
  return new AntiphonError("configuration_invalid", message);
}
