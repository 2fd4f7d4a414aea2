import assert from "node:assert/strict";
import { dialOutcome } from "./dial_outcome.ts";

Deno.test("dialOutcome() tells what the callee did from what the network could not", () => {
  const causes = [486, 600, 603, 607, 480, 404, 484, 302, 401, 407, 488, 604, 606]
    .map((status) => `${status} ${dialOutcome(status, true).cause}`);
  assert.deepEqual(causes, [
    ...["486 busy", "600 busy", "603 declined", "607 declined", "480 no-answer"],
    ...["404 unreachable", "484 unreachable", "302 unreachable", "401 unreachable"],
    ...["407 unreachable", "488 unreachable", "604 unreachable", "606 unreachable"],
  ]);
});

Deno.test("dialOutcome() lets only failures of the destination be tried elsewhere", () => {
  const elsewhere = (status: number, rang = false) => dialOutcome(status, rang).elsewhere;
  assert.deepEqual([408, 500, 502, 503, 504, 580].map((s) => elsewhere(s)), Array(6).fill(true));
  const final = [302, 401, 404, 407, 480, 486, 487, 488, 600, 603, 604];
  assert.ok(!final.some((status) => elsewhere(status)));
  assert.deepEqual(dialOutcome(408, true), { cause: "no-answer", elsewhere: false });
});
