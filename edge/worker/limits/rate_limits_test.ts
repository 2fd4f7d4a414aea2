import assert from "node:assert/strict";
import { memorySql } from "../testing/memory_sql.ts";
import { RateLimits } from "./rate_limits.ts";

const take = (key: string) => ({ key, capacity: 2, perSecond: 1 });

Deno.test("RateLimits count each key for itself, also over a restart", () => {
  using sql = memorySql();
  const limits = new RateLimits(sql);
  assert.deepEqual([limits.take(take("a"), 0), limits.take(take("a"), 0)], [0, 0]);
  assert.equal(new RateLimits(sql).take(take("a"), 0), 1000);
  assert.equal(limits.take(take("b"), 0), 0);
  limits.putBack(take("a"));
  assert.deepEqual([limits.take(take("a"), 0), limits.take(take("a"), 0)], [0, 1000]);
  limits.refill("a");
  assert.equal(limits.take(take("a"), 0), 0);
});

Deno.test("RateLimits forget buckets that are full again", () => {
  using sql = memorySql();
  const limits = new RateLimits(sql);
  limits.take(take("a"), 0);
  assert.equal(limits.sweep(60_000), true);
  assert.equal(limits.sweep(2 * 60 * 60_000), false);
});
