import { momentOf } from "../hours/moment_of.ts";
import type { OpeningHours } from "../hours/opening_hours.ts";

/** Whether contacts may be called at a moment, and when that changes (epoch ms; null: never). */
export interface CallWindow {
  open: boolean;
  changesAt: number | null;
}

/** Days that are looked ahead; hours that are closed for longer count as closed for good. */
const DAYS_AHEAD = 60;

/**
 * The window that business hours and times of day come to: contacts may be called while both are
 * open. An emergency closure closes it until the hours are changed. O(days until it changes).
 */
export function callWindow(
  hours: OpeningHours,
  { from, until }: { from: string; until: string },
  at: number,
): CallWindow {
  if (hours.emergencyClosure) return { open: false, changesAt: null };
  const { timeZone } = hours;
  let date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  let openUntil: number | null = null;
  for (let day = 0; day < DAYS_AHEAD; day++) {
    const [earliest, latest] = [momentOf(date, from, timeZone), momentOf(date, until, timeZone)];
    for (const period of hours.periodsOn(date)) {
      const opens = Math.max(period.opens, earliest);
      const closes = Math.min(period.closes, latest);
      if (closes <= at || closes <= opens) continue;
      if (openUntil === null) {
        if (opens > at) return { open: false, changesAt: opens };
        openUntil = closes;
      } else if (opens > openUntil) return { open: true, changesAt: openUntil };
      else openUntil = Math.max(openUntil, closes);
    }
    if (openUntil !== null && openUntil < momentOf(date, "24:00", timeZone)) break;
    date = date.add({ days: 1 });
  }
  if (openUntil === null) return { open: false, changesAt: null };
  return { open: true, changesAt: openUntil };
}
