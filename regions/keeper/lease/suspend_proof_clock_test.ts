import assert from "node:assert/strict";
import { suspendProofClock } from "./suspend_proof_clock.ts";

Deno.test("the clock counts what the machine slept, and never goes back", () => {
  let ms = 500;
  let s = 10;
  const clock = suspendProofClock(() => ms, () => s);
  assert.equal(clock(), 500);
  ms += 900;
  s += 1;
  assert.equal(clock(), 1400);
  s += 30;
  assert.equal(clock(), 500 + 30_000, "a second less than what the uptime says");
  ms += 29_000;
  assert.equal(clock(), 500 + 30_000);
  ms += 2000;
  s += 2;
  assert.equal(clock(), 500 + 32_000);
});
