import assert from "node:assert/strict";
import { EntryPoint } from "../../protocol/configuration/entry_point.ts";
import { type Draft, NUMBER, TenantHarness } from "../testing/tenant_harness.ts";

const OTHER = "+4969900101";
const FLOWS = ["day", "christmas", "second", "closed"];

/** Which flow somebody gets who calls a number at a moment. */
function flowAt(iso: string, to: string, change: (draft: Draft) => void = () => {}) {
  const h = new TenantHarness((draft) => {
    draft.settings = { timeZone: "Europe/Berlin" };
    for (const id of FLOWS) {
      draft.flows.push({
        ...{ id, name: id, kind: "voice", start: "a" },
        activities: { a: { type: "play", prompt: id, next: "b" }, b: { type: "hang-up" } },
      });
    }
    const week = { days: ["mon", "tue", "wed", "thu", "fri"] };
    const hours = (id: string, from: string, to: string) => ({
      ...{ id, name: id, timeZone: "Europe/Berlin" },
      weekly: [{ ...week, times: [{ from, to }] }],
    });
    draft.businessHours = [hours("open", "08:00", "18:00"), hours("day", "10:00", "16:00")];
    Object.assign(draft.entryPoints[0], {
      ...{ otherNumbers: [OTHER], businessHoursId: "open", closedFlowId: "closed" },
      routing: [
        { from: "2026-12-24", to: "2026-12-26", flowId: "christmas" },
        { numbers: [OTHER], businessHoursId: "day", flowId: "second" },
        { businessHoursId: "day", flowId: "day" },
      ],
    });
    change(draft);
  });
  h.at = Date.parse(iso);
  const callId = h.newId();
  h.call(callId, {
    ...{ type: "call.offered", legId: h.newId(), trunkId: h.newId() },
    ...{ from: "+49301", to, transport: "sip-udp" },
  });
  return h.interaction(callId).flow.flowId;
}

const CASES: [name: string, iso: string, to: string, flowId: string][] = [
  ["hours that are open", "2026-11-23T12:00:00+01:00", NUMBER, "day"],
  ["the number and hours", "2026-11-23T12:00:00+01:00", OTHER, "second"],
  ["no rule, while it is open", "2026-11-23T09:00:00+01:00", OTHER, "welcome"],
  ["no rule, when it is closed", "2026-11-23T20:00:00+01:00", OTHER, "closed"],
  [
    "the first day of a time, also when it is closed",
    "2026-12-24T00:00:00+01:00",
    NUMBER,
    "christmas",
  ],
  ["the last day of a time", "2026-12-26T23:59:59+01:00", OTHER, "christmas"],
  ["the day before", "2026-12-23T23:59:59+01:00", NUMBER, "closed"],
  ["the day after, a Monday", "2026-12-28T12:00:00+01:00", NUMBER, "day"],
];
for (const [name, iso, to, flowId] of CASES) {
  Deno.test(`openFlow() chooses by ${name}`, () => assert.equal(flowAt(iso, to), flowId));
}

Deno.test("an emergency closure comes before all rules", () => {
  const close = (draft: Draft) => draft.settings.emergencyClosure = true;
  assert.equal(flowAt("2026-12-24T12:00:00+01:00", NUMBER, close), "closed");
});

Deno.test("a rule says when it holds, and ends after it begins", () => {
  const base = { id: "m", name: "M", channel: "voice", number: NUMBER, flowId: "a" };
  const tried = (rule: object) =>
    EntryPoint.safeParse({ ...base, routing: [{ flowId: "b", ...rule }] }).success;
  assert.deepEqual(
    [
      ...[{}, { from: "2026-12-27", to: "2026-12-24" }, { from: "24.12.2026" }, { numbers: [] }],
      ...[{ to: "2026-12-24" }, { from: "2026-12-24", to: "2026-12-24" }, { numbers: [OTHER] }],
    ].map(tried),
    [false, false, false, false, true, true, true],
  );
});
