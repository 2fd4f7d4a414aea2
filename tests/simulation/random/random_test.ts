import assert from "node:assert/strict";
import { Random } from "./random.ts";

Deno.test("Random gives the same numbers for the same names, others for others", () => {
  const draw = (...names: (string | number)[]) => {
    const random = new Random(...names);
    return Array.from({ length: 20 }, () => random.unit());
  };
  assert.deepEqual(draw(1, "caller", 2), draw(1, "caller", 2));
  const first = new Set(["1", "2", "12", "21"].map((name) => draw(1, name)[0]));
  assert.equal(first.size, 4);
});

Deno.test("Random is even over its range and exponential where asked", () => {
  const random = new Random("test");
  const n = 100_000;
  const buckets = new Array(10).fill(0);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    buckets[random.between(0, 9)] += 1;
    sum += random.exponential(3);
  }
  for (const count of buckets) assert.ok(Math.abs(count / n - 0.1) < 0.005, `${count}`);
  assert.ok(Math.abs(sum / n - 3) < 0.05, `${sum / n}`);
});
