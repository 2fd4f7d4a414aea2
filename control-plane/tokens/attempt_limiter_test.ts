import assert from "node:assert/strict";
import { AttemptLimiter } from "./attempt_limiter.ts";

Deno.test("AttemptLimiter closes after its attempts and opens with the next window", () => {
  let at = 0;
  const limiter = new AttemptLimiter({ attempts: 2, windowMs: 60_000, now: () => at });
  limiter.count("a");
  assert.equal(limiter.retryAfter("a"), 0);
  at = 15_000;
  limiter.count("a");
  assert.equal(limiter.retryAfter("a"), 45);
  assert.equal(limiter.retryAfter("b"), 0);
  at = 60_000;
  assert.equal(limiter.retryAfter("a"), 0);
  limiter.count("a");
  assert.equal(limiter.retryAfter("a"), 0);
});

Deno.test("AttemptLimiter takes good attempts back", () => {
  const limiter = new AttemptLimiter({ attempts: 1, windowMs: 1000, now: () => 0 });
  limiter.count("a");
  limiter.forgive("a");
  limiter.forgive("unknown");
  assert.equal(limiter.retryAfter("a"), 0);
});

Deno.test("AttemptLimiter remembers a bounded number of keys", () => {
  const limiter = new AttemptLimiter({ attempts: 1, windowMs: 1000, now: () => 0, maxKeys: 2 });
  for (const key of ["a", "b", "c"]) limiter.count(key);
  assert.equal(limiter.retryAfter("a"), 0);
  assert.equal(limiter.retryAfter("c"), 1);
});
