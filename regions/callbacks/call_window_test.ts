import assert from "node:assert/strict";
import fc from "fast-check";
import { BusinessHours } from "../../protocol/configuration/business_hours.ts";
import { isOpen } from "../hours/is_open.ts";
import { openingHours } from "../hours/opening_hours.ts";
import { callWindow } from "./call_window.ts";

const berlin = (text: string) =>
  Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;

function office(change: Record<string, unknown> = {}) {
  const times = [{ from: "08:00", to: "12:00" }, { from: "13:00", to: "18:00" }];
  return openingHours(
    BusinessHours.parse({
      id: "office",
      name: "Office",
      timeZone: "Europe/Berlin",
      weekly: [{ days: ["mon", "tue", "wed", "thu", "fri"], times }],
      ...change,
    }),
    new Map(),
  );
}
const DAY = { from: "09:00", until: "17:00" };

Deno.test("callWindow() is open where both the hours and the times of day are", () => {
  const at = (text: string) => callWindow(office(), DAY, berlin(text));
  const closed = (text: string) => ({ open: false, changesAt: berlin(text) });
  const open = (text: string) => ({ open: true, changesAt: berlin(text) });
  assert.deepEqual(at("2026-07-03T08:30"), closed("2026-07-03T09:00"));
  assert.deepEqual(at("2026-07-03T09:00"), open("2026-07-03T12:00"));
  assert.deepEqual(at("2026-07-03T12:00"), closed("2026-07-03T13:00"));
  assert.deepEqual(at("2026-07-03T16:59"), open("2026-07-03T17:00"));
  assert.deepEqual(at("2026-07-03T17:00"), closed("2026-07-06T09:00"));
});

Deno.test("callWindow() goes over midnight where it is open all day", () => {
  const hours = office({
    weekly: [{ days: ["mon", "tue"], times: [{ from: "00:00", to: "24:00" }] }],
  });
  const always = { from: "00:00", until: "24:00" };
  const until = { open: true, changesAt: berlin("2026-07-08T00:00") };
  assert.deepEqual(callWindow(hours, always, berlin("2026-07-06T10:00")), until);
});

Deno.test("callWindow() is closed for good in an emergency and where it never opens", () => {
  const never = { open: false, changesAt: null };
  const now = berlin("2026-07-03T10:00");
  assert.deepEqual(callWindow(office({ emergencyClosure: true }), DAY, now), never);
  assert.deepEqual(callWindow(office({ weekly: [] }), DAY, now), never);
  assert.deepEqual(callWindow(office(), { from: "19:00", until: "20:00" }, now), never);
});

Deno.test("callWindow() says when it changes, and it does not change before", () => {
  const hours = office();
  const start = berlin("2026-03-20T00:00");
  fc.assert(fc.property(fc.nat(14 * 86_400), fc.nat(1000), (seconds, part) => {
    const at = start + seconds * 1000;
    const { open, changesAt } = callWindow(hours, DAY, at);
    assert.equal(open && !isOpen(hours, at), false);
    assert.ok(changesAt !== null && changesAt > at);
    const between = at + Math.floor((changesAt - at - 1) * part / 1000);
    assert.equal(callWindow(hours, DAY, between).open, open);
    assert.notEqual(callWindow(hours, DAY, changesAt).open, open);
  }));
});
