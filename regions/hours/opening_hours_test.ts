import assert from "node:assert/strict";
import { BusinessHours } from "../../protocol/configuration/business_hours.ts";
import { HolidayList } from "../../protocol/configuration/holiday_list.ts";
import { addBusinessTime } from "./add_business_time.ts";
import { isOpen } from "./is_open.ts";
import { openingHours } from "./opening_hours.ts";

const HOUR = 3_600_000;
const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const berlin = (text: string) => at(`${text}[Europe/Berlin]`);

function office(change: Record<string, unknown> = {}) {
  const holidays = HolidayList.parse({
    id: "german",
    name: "German holidays",
    days: [
      { name: "Christmas Eve", date: "2026-12-24", times: [{ from: "09:00", to: "12:00" }] },
      { name: "Christmas", date: "2020-12-25", yearly: true },
    ],
  });
  const hours = BusinessHours.parse({
    id: "office",
    name: "Office",
    timeZone: "Europe/Berlin",
    weekly: [
      { days: ["mon", "tue", "wed", "thu", "fri"], times: [{ from: "09:00", to: "17:00" }] },
      { days: ["sat"], times: [{ from: "10:00", to: "12:00" }, { from: "12:00", to: "14:00" }] },
    ],
    holidayListIds: ["german"],
    ...change,
  });
  return openingHours(hours, new Map([["german", holidays]]));
}

Deno.test("isOpen() goes by the schedule's own clocks, the end not included", () => {
  const hours = office();
  assert.equal(isOpen(hours, berlin("2026-07-01T08:59:59")), false);
  assert.equal(isOpen(hours, berlin("2026-07-01T09:00:00")), true);
  assert.equal(isOpen(hours, berlin("2026-07-01T16:59:59")), true);
  assert.equal(isOpen(hours, berlin("2026-07-01T17:00:00")), false);
  assert.equal(isOpen(hours, at("2026-07-01T07:30:00[UTC]")), true);
  assert.equal(isOpen(hours, berlin("2026-07-05T10:00:00")), false);
});

Deno.test("isOpen() lets holidays stand in for the week, yearly ones in every year", () => {
  const hours = office();
  assert.equal(isOpen(hours, berlin("2026-12-24T11:00:00")), true);
  assert.equal(isOpen(hours, berlin("2026-12-24T13:00:00")), false);
  assert.equal(isOpen(hours, berlin("2026-12-25T10:00:00")), false);
  assert.equal(isOpen(hours, berlin("2028-12-25T10:00:00")), false);
});

Deno.test("isOpen() is false in an emergency closure", () => {
  assert.equal(isOpen(office({ emergencyClosure: true }), berlin("2026-07-01T10:00:00")), false);
});

Deno.test("addBusinessTime() counts open time only, over nights, weekends and holidays", () => {
  const hours = office();
  const friday = berlin("2026-07-03T16:00:00");
  assert.equal(addBusinessTime(hours, friday, HOUR), berlin("2026-07-03T17:00:00"));
  assert.equal(addBusinessTime(hours, friday, 2 * HOUR), berlin("2026-07-04T11:00:00"));
  assert.equal(addBusinessTime(hours, friday, 6 * HOUR), berlin("2026-07-06T10:00:00"));
  const eve = berlin("2026-12-24T11:00:00");
  assert.equal(addBusinessTime(hours, eve, 2 * HOUR), berlin("2026-12-26T11:00:00"));
});

Deno.test("addBusinessTime() holds over a change of clocks", () => {
  const hours = office({
    weekly: [{ days: ["sun"], times: [{ from: "00:00", to: "24:00" }] }],
    holidayListIds: [],
  });
  const spring = berlin("2026-03-29T00:00:00");
  const autumn = berlin("2026-10-25T00:00:00");
  assert.equal(addBusinessTime(hours, spring, 23 * HOUR), berlin("2026-03-30T00:00:00"));
  assert.equal(addBusinessTime(hours, autumn, 25 * HOUR), berlin("2026-10-26T00:00:00"));
});

Deno.test("addBusinessTime() is null for a schedule that never opens", () => {
  assert.equal(addBusinessTime(office({ weekly: [], holidayListIds: [] }), 0, 1), null);
});

Deno.test("openingHours() refuses a time zone that does not exist", () => {
  assert.throws(() => office({ timeZone: "Europe/Atlantis" }), RangeError);
});
