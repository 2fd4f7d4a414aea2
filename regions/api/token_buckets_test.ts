import assert from "node:assert/strict";
import { TokenBuckets } from "./token_buckets.ts";

Deno.test("TokenBuckets let so many through at once, then one at a time, each key by itself", () => {
  let now = 0;
  const buckets = new TokenBuckets({ capacity: 2, everyMs: 5_000 }, () => now);
  buckets.take("a");
  buckets.take("a");
  assert.throws(() => buckets.take("a"), { code: "too_many_requests", data: { retryAfter: 5 } });
  buckets.take("b");
  now += 5_000;
  buckets.take("a");
  assert.throws(() => buckets.take("a"), { code: "too_many_requests" });
  now += 60_000;
  buckets.take("a");
  buckets.take("a");
  assert.throws(() => buckets.take("a"), { code: "too_many_requests" });
});
