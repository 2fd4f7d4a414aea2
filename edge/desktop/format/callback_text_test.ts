import assert from "node:assert/strict";
import { callbackText } from "./callback_text.ts";
import { clockTime } from "./clock_time.ts";

const askedAt = 1_700_000_000_000;
const since = `To be called since ${clockTime()(askedAt)}`;

Deno.test("callbackText() says since when, how often, and what came of it", () => {
  assert.equal(callbackText({ askedAt, attempts: 0, lastCause: null }), since);
  assert.equal(callbackText({ askedAt, attempts: 1, lastCause: null }), `${since} · 1 call so far`);
  assert.equal(
    callbackText({ askedAt, attempts: 2, lastCause: "no-answer" }),
    `${since} · 2 calls so far, last: no answer`,
  );
});
