import assert from "node:assert/strict";
import fc from "fast-check";
import { type BucketLevel, takeToken } from "./token_bucket.ts";

Deno.test("takeToken() lets a burst through, then one at a time", () => {
  const size = { capacity: 3, perSecond: 2 };
  let level: BucketLevel | undefined;
  const take = (now: number) => {
    const taken = takeToken(level, size, now);
    level = taken.level;
    return taken.waitMs;
  };
  assert.deepEqual([take(0), take(0), take(0), take(0)], [0, 0, 0, 500]);
  assert.deepEqual([take(400), take(500)], [100, 0]);
});

Deno.test("takeToken() never lets through more than capacity and rate allow", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 50 }),
    fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }),
    (capacity, perSecond, gaps) => {
      let level: BucketLevel | undefined;
      let now = 0;
      let passed = 0;
      for (const gap of gaps) {
        now += gap;
        const taken = takeToken(level, { capacity, perSecond }, now);
        level = taken.level;
        if (taken.waitMs === 0) passed += 1;
      }
      return passed <= capacity + now * perSecond / 1000 + 1e-6;
    },
  ));
});

Deno.test("takeToken() gives nothing for a clock that went back", () => {
  const size = { capacity: 1, perSecond: 1 };
  const first = takeToken(undefined, size, 10_000);
  assert.ok(takeToken(first.level, size, 5_000).waitMs > 0);
});
