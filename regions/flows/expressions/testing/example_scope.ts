import type { Scope } from "../scope.ts";

/** The variables of the page's examples. */
export const EXAMPLE_SCOPE: Scope = {
  variables: {
    name: "Ada Lovelace",
    queuePosition: "4",
    vip: "true",
    dueAt: "2026-03-29T14:30:00+02:00",
    order: '{"id":"A-17","total":1234.5,"items":[{"sku":"x1","count":2},{"sku":"y2","count":1}]}',
    digits: "4711",
    caller: "069 900100",
    note: "",
  },
  types: {
    name: "text",
    queuePosition: "number",
    vip: "boolean",
    dueAt: "date",
    order: "json",
    digits: "text",
    caller: "text",
    note: "text",
  },
  sealed: new Set(),
  at: Date.parse("2026-03-01T09:30:00Z"),
  timeZone: "Europe/Berlin",
  language: "en-US",
  region: "DE",
};
