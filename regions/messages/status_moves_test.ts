import assert from "node:assert/strict";
import fc from "fast-check";
import { type MessageOutcome, OUTCOME_UNKNOWN, statusMoves } from "./status_moves.ts";

const told = (status: MessageOutcome["status"], failure: string | null = null) => ({
  status,
  failure,
});
const UNKNOWN = told("failed", OUTCOME_UNKNOWN);

Deno.test("statusMoves() lets a status move forward only, and failed stay", () => {
  assert.ok(statusMoves(told("pending"), told("delivered")));
  assert.ok(!statusMoves(told("read"), told("delivered")));
  assert.ok(!statusMoves(told("failed", "provider-1"), told("read")));
});

Deno.test("statusMoves() takes it that nothing is known only where nothing is", () => {
  assert.ok(statusMoves(told("pending"), UNKNOWN));
  for (const status of ["sent", "delivered", "read"] as const) {
    assert.ok(!statusMoves(told(status), UNKNOWN));
    assert.ok(statusMoves(UNKNOWN, told(status)));
  }
  assert.ok(statusMoves(UNKNOWN, told("failed", "provider-131047")));
  assert.ok(!statusMoves(told("failed", "provider-131047"), UNKNOWN));
  assert.ok(!statusMoves(UNKNOWN, UNKNOWN));
});

Deno.test("the order in which a provider's reports come does not matter to what stays", () => {
  const outcome = fc.oneof(
    fc.constantFrom("sent" as const, "delivered" as const, "read" as const).map((it) => told(it)),
    fc.constant(told("failed", "provider-1")),
    fc.constant(UNKNOWN),
  );
  const after = (reports: readonly MessageOutcome[]) =>
    reports.reduce((known, it) => statusMoves(known, it) ? it : known, told("pending"));
  const reports = fc.array(outcome, { minLength: 1, maxLength: 6 }).chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))
  );
  fc.assert(fc.property(reports, ([one, other]) => assert.deepEqual(after(one), after(other))));
});
