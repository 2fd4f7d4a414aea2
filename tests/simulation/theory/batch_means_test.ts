import assert from "node:assert/strict";
import { Random } from "../random/random.ts";
import { batchMeans } from "./batch_means.ts";

Deno.test("batchMeans() covers the mean of a series as often as it says", () => {
  let covered = 0;
  for (let run = 0; run < 300; run++) {
    const random = new Random("batches", run);
    // Each value leans on the one before.
    let value = 0;
    const series = Array.from({ length: 4000 }, () => value = value / 2 + random.unit() - 0.5);
    const { mean, halfWidth } = batchMeans(series);
    if (Math.abs(mean) <= halfWidth) covered += 1;
  }
  assert.ok(covered / 300 > 0.96 && covered < 300, `${covered} of 300`);
});
