import assert from "node:assert/strict";
import { estimateWait } from "./estimate_wait.ts";
import { departed, newQueuePace } from "./queue_pace.ts";

const unjudged = { actual: 0, estimated: null };

Deno.test("estimateWait() is unknown until three gaps were measured, then position times pace", () => {
  const pace = newQueuePace();
  for (const at of [0, 10_000, 20_000]) departed(pace, at, true, unjudged);
  assert.equal(estimateWait(pace, 0), null);
  departed(pace, 30_000, true, unjudged);
  assert.equal(estimateWait(pace, 0), 10_000);
  assert.equal(estimateWait(pace, 4), 50_000);
  assert.equal(estimateWait(undefined, 0), null);
});

Deno.test("departed() measures no gap over a time in which nobody waited", () => {
  const pace = newQueuePace();
  departed(pace, 0, true, unjudged);
  departed(pace, 5000, false, unjudged);
  departed(pace, 900_000, true, unjudged);
  departed(pace, 905_000, true, unjudged);
  assert.equal(pace.gaps, 2);
  assert.equal(pace.meanGap, 5000);
});

Deno.test("departed() tells how wrong the estimates were", () => {
  const pace = newQueuePace();
  departed(pace, 0, true, { actual: 12_000, estimated: 10_000 });
  departed(pace, 1, true, { actual: 6000, estimated: 10_000 });
  assert.equal(pace.judged, 2);
  assert.equal(pace.meanError, 3000);
  assert.equal(pace.bias, -1000);
});

Deno.test("departed() follows a queue whose pace changes", () => {
  const pace = newQueuePace();
  let at = 0;
  for (let i = 0; i < 50; i++) departed(pace, at += 1000, true, unjudged);
  for (let i = 0; i < 100; i++) departed(pace, at += 9000, true, unjudged);
  assert.ok(pace.meanGap > 8900, `${pace.meanGap}`);
});
