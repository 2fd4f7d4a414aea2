import assert from "node:assert/strict";
import { retryDelay } from "./retry_delay.ts";

Deno.test("retryDelay() doubles, stays short in a young outage and grows in an old one", () => {
  const young = [1, 2, 3, 4, 5, 6, 50].map((n) => retryDelay(n, 0, 0.5));
  assert.deepEqual(young, [250, 500, 1000, 2000, 4000, 5000, 5000]);
  assert.equal(retryDelay(50, 60 * 60_000, 0.5), 60_000);
  assert.deepEqual([retryDelay(1, 0, 0), retryDelay(1, 0, 1)], [200, 300]);
});
