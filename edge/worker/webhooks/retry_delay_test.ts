import assert from "node:assert/strict";
import { retryDelay } from "./retry_delay.ts";

Deno.test("retryDelay() doubles up to half a minute", () => {
  assert.deepEqual([0, 1, 2, 3, 8, 50].map(retryDelay), [250, 250, 500, 1000, 30_000, 30_000]);
});
