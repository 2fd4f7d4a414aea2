import assert from "node:assert/strict";
import { majority, majorityUntil } from "./majority.ts";

Deno.test("more than half is a majority", () => {
  assert.deepEqual([1, 2, 3, 4, 5].map(majority), [1, 2, 2, 3, 3]);
});

Deno.test("a majority of grants stands until the first of the best that make it ends", () => {
  assert.equal(majorityUntil([], 3), -Infinity);
  assert.equal(majorityUntil([9], 3), -Infinity);
  assert.equal(majorityUntil([9, 5], 3), 5);
  assert.equal(majorityUntil([9, 5, 7], 3), 7);
});
