import type { CheckContext } from "./check_context.ts";

/** Time zones exist, and holiday lists that hours name. */
export function checkHours(check: CheckContext): void {
  const known = new Map<string, boolean>();
  check.document.businessHours.forEach((hours, i) => {
    const { timeZone } = hours;
    if (!known.has(timeZone)) known.set(timeZone, isTimeZone(timeZone));
    if (!known.get(timeZone)) {
      check.report(
        `businessHours.${i}.timeZone`,
        "time_zone_unknown",
        "Name a time zone like Europe/Berlin",
      );
    }
    hours.holidayListIds.forEach((id, j) =>
      check.refer(`businessHours.${i}.holidayListIds.${j}`, id, check.holidayLists, "holiday list")
    );
  });
}

/** Whether a name stands in the IANA time zone database; offsets such as "+01:00" do not. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
