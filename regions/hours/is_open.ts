import type { OpeningHours } from "./opening_hours.ts";

/** Whether a schedule is open at a moment (epoch ms). O(periods of one day). */
export function isOpen(hours: OpeningHours, at: number): boolean {
  if (hours.emergencyClosure) return false;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(hours.timeZone);
  return hours.periodsOn(local.toPlainDate()).some((period) => {
    const { opens, closes } = period;
    return opens <= at && at < closes;
  });
}
