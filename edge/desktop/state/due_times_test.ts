import { deepStrictEqual } from "node:assert/strict";
import { assignmentView, SAMPLE_NOW } from "../testing/samples.ts";
import { dueTimes } from "./due_times.ts";

const texts = (change: Parameters<typeof assignmentView>[0], now = SAMPLE_NOW) =>
  dueTimes(assignmentView(change), now).map(({ text, urgency }) => `${text} ${urgency}`.trim());

Deno.test("nothing is due where nothing was promised", () => {
  deepStrictEqual(texts({}), []);
});

Deno.test("what is due next stands first, with the time that is left", () => {
  deepStrictEqual(
    texts({
      responseDue: SAMPLE_NOW + 45_000,
      contactIdleAt: SAMPLE_NOW + 30_000,
      serviceLevel: { firstResponseDue: null, resolutionDue: SAMPLE_NOW + 7_200_000 },
    }),
    ["Silent contact leaves you in 0:30 soon", "Reply due in 0:45 soon"]
      .concat("Solution promised in 2:00:00"),
  );
});

Deno.test("what is late says by how much", () => {
  deepStrictEqual(
    texts({
      responseDue: SAMPLE_NOW - 5000,
      contactIdleAt: SAMPLE_NOW,
      serviceLevel: { firstResponseDue: SAMPLE_NOW - 90_000, resolutionDue: null },
    }),
    ["First answer promised, late by 1:30 late", "Reply late by 0:05 late"]
      .concat("Silent contact leaves you late"),
  );
});
