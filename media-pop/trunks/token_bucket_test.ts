import assert from "node:assert/strict";
import fc from "fast-check";
import { TokenBucket } from "./token_bucket.ts";

Deno.test("TokenBucket lets a burst through, then the rate", () => {
  const bucket = new TokenBucket(2, 0);
  assert.deepEqual([bucket.take(0), bucket.take(0), bucket.take(0)], [true, true, false]);
  assert.equal(bucket.take(499), false);
  assert.equal(bucket.take(500), true);
  assert.equal(bucket.take(500), false);
});

Deno.test("TokenBucket never lets more through than burst and rate allow", () => {
  const gaps = fc.array(fc.integer({ min: -50, max: 400 }), { maxLength: 200 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), gaps, (rate, steps) => {
    const bucket = new TokenBucket(rate, 0);
    let now = 0, forward = 0, taken = 0;
    for (const gap of steps) {
      now += gap;
      forward += Math.max(0, gap);
      if (bucket.take(now)) taken++;
    }
    assert.ok(taken <= rate + forward * rate / 1000 + 1e-6);
  }));
});
