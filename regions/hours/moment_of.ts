/**
 * The moment (epoch ms) of a time of day like "09:00" or "24:00" on a day of a time zone. A time that
 * a change of clocks skips is the moment it jumps to.
 */
export function momentOf(date: Temporal.PlainDate, time: string, timeZone: string): number {
  const day = time === "24:00" ? date.add({ days: 1 }) : date;
  const plainTime = time === "24:00" ? "00:00" : time;
  return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}
