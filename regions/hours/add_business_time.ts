import type { OpeningHours } from "./opening_hours.ts";

/** Days that are looked ahead; a schedule that is closed for longer counts as closed for good. */
const DAYS_AHEAD = 400;

/**
 * The moment (epoch ms) at which so much business time has passed since `from`; null if the
 * schedule never opens for that long. An emergency closure does not stop the clock: contacts were
 * promised an answer. O(days in between).
 */
export function addBusinessTime(hours: OpeningHours, from: number, ms: number): number | null {
  let left = ms;
  let date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(hours.timeZone)
    .toPlainDate();
  for (let day = 0; day < DAYS_AHEAD; day++) {
    for (const { opens, closes } of hours.periodsOn(date)) {
      const start = Math.max(opens, from);
      if (start >= closes) continue;
      if (left <= closes - start) return start + left;
      left -= closes - start;
    }
    date = date.add({ days: 1 });
  }
  return null;
}
