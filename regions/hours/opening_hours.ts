import type { BusinessHours, Weekday } from "../../protocol/configuration/business_hours.ts";
import type { HolidayList } from "../../protocol/configuration/holiday_list.ts";
import { momentOf } from "./moment_of.ts";

/** From (inclusive) to (exclusive), epoch ms. */
export interface OpenPeriod {
  opens: number;
  closes: number;
}

/** Business hours with their holidays, ready to be asked. */
export interface OpeningHours {
  readonly timeZone: string;
  readonly emergencyClosure: boolean;
  /** When it is open on a day of its time zone, in order of time. */
  periodsOn(date: Temporal.PlainDate): readonly OpenPeriod[];
}

type Times = readonly { from: string; to: string }[];

const WEEKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** Days whose periods are remembered. */
const DAYS = 400;

/**
 * Makes a schedule of an entity and the holiday lists it names. A holiday's times stand in for the
 * week's; of several on one day a dated one comes before a yearly one, then the first named counts. Wall-clock times that a change of
 * clocks skips are taken as the moment it jumps to, so that a day is shorter or longer then.
 * @throws RangeError when the time zone does not exist
 */
export function openingHours(
  entity: BusinessHours,
  holidayLists: ReadonlyMap<string, HolidayList>,
): OpeningHours {
  const { timeZone, emergencyClosure } = entity;
  // Throws here and not in the middle of a decision.
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  const weekly = new Map<Weekday, { from: string; to: string }[]>();
  for (const { days, times } of entity.weekly) {
    for (const day of days) weekly.set(day, [...weekly.get(day) ?? [], ...times]);
  }
  const holidays = new Map<string, Times>();
  for (const list of entity.holidayListIds.toReversed()) {
    for (const day of holidayLists.get(list)?.days.toReversed() ?? []) {
      holidays.set(day.yearly ? day.date.slice(5) : day.date, day.times);
    }
  }
  const known = new Map<string, OpenPeriod[]>();
  const periodsOn = (date: Temporal.PlainDate): OpenPeriod[] => {
    const key = date.toString();
    let periods = known.get(key);
    if (!periods) {
      const times = holidays.get(key) ?? holidays.get(key.slice(5)) ??
        weekly.get(WEEKDAYS[date.dayOfWeek - 1]) ?? [];
      periods = joined(times.map(({ from, to }) => ({
        opens: momentOf(date, from, timeZone),
        closes: momentOf(date, to, timeZone),
      })));
      if (known.size >= DAYS) known.delete(known.keys().next().value!);
      known.set(key, periods);
    }
    return periods;
  };
  return { timeZone, emergencyClosure, periodsOn };
}

/** Periods in order; those that touch or overlap become one. */
function joined(periods: OpenPeriod[]): OpenPeriod[] {
  const result: OpenPeriod[] = [];
  for (const period of periods.sort((a, b) => a.opens - b.opens)) {
    const last = result.at(-1);
    if (period.closes <= period.opens) continue;
    if (last && period.opens <= last.closes) last.closes = Math.max(last.closes, period.closes);
    else result.push({ ...period });
  }
  return result;
}
