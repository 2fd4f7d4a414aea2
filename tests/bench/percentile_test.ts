import assert from "node:assert/strict";
import { percentile } from "./percentile.ts";

Deno.test("percentile() is the nearest rank", () => {
  const values = [15, 20, 35, 40, 50];
  assert.deepEqual([0, 30, 40, 50, 100].map((p) => percentile(values, p)), [15, 20, 20, 35, 50]);
  assert.ok(Number.isNaN(percentile([], 50)));
});
