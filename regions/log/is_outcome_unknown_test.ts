import assert from "node:assert/strict";
import { isOutcomeUnknown } from "./is_outcome_unknown.ts";

Deno.test("isOutcomeUnknown() tells a lost answer from a refusal", () => {
  for (const code of ["CONNECTION_CLOSED", "ECONNRESET", "57P01", "08006", "40003"]) {
    assert.equal(isOutcomeUnknown(Object.assign(new Error(), { code })), true, code);
  }
  for (const code of ["23505", "22P05", "40001", "stale_epoch"]) {
    assert.equal(isOutcomeUnknown(Object.assign(new Error(), { code })), false, code);
  }
  assert.equal(isOutcomeUnknown(new Error("no code")), false);
  assert.equal(isOutcomeUnknown(null), false);
});
