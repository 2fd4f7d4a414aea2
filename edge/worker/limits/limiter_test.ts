import assert from "node:assert/strict";
import { Limiter } from "./limiter.ts";
import type { LimitTake } from "./rate_limit_calls.ts";

function double(waitMs: number) {
  const taken: [string, LimitTake | string][] = [];
  const limiter = new Limiter({
    idFromName: (name) => name,
    get: (name) => ({
      take: (take: LimitTake) => Promise.resolve((taken.push([name, take]), waitMs)),
      putBack: (take: LimitTake) => Promise.resolve(void taken.push([name, take])),
      refill: (key: string) => Promise.resolve(void taken.push([name, key])),
      fetch: () => Promise.reject(new Error("not used")),
    }),
  });
  return { limiter, taken };
}

Deno.test("Limiter names nobody and always asks the same shard for a key", async () => {
  const { limiter, taken } = double(0);
  await limiter.take({ key: "acme/anna", capacity: 1, perSecond: 1 });
  await limiter.refill("acme/anna");
  assert.equal(taken[0][0], taken[1][0]);
  assert.doesNotMatch(JSON.stringify(taken), /anna/);
});

Deno.test("Limiter says how many seconds to wait", async () => {
  const { limiter } = double(1_200);
  await assert.rejects(
    limiter.take({ key: "x", capacity: 1, perSecond: 1 }),
    { code: "too_many_requests", data: { retryAfter: 2 } },
  );
});
