import assert from "node:assert/strict";
import { KEEPER_TIMES } from "../decisions/keeper_times.ts";
import { keeperTimesOf } from "./keeper_times_of.ts";

Deno.test("times are taken over the usual ones, if they go together", () => {
  assert.deepEqual(keeperTimesOf({}), KEEPER_TIMES);
  assert.equal(keeperTimesOf({ ttlMs: 5000 }).ttlMs, 5000);
  assert.throws(() => keeperTimesOf({ tll: 1 }), /tll is unknown/);
  assert.throws(() => keeperTimesOf({ ttlMs: 1000 }), /make ttlMs longer/);
});
