import assert from "node:assert/strict";
import fc from "fast-check";
import { SortedChunks } from "./sorted_chunks.ts";

Deno.test("SortedChunks agrees with a sorted array for any sequence of changes", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(600)), { maxLength: 1500, size: "max" });
  fc.assert(
    fc.property(steps, (changes) => {
      const set = new SortedChunks<number>((a, b) => a - b);
      const model = new Set<number>();
      for (const [add, n] of changes) {
        if (add) assert.equal(set.add(n), !model.has(n));
        else assert.equal(set.delete(n), model.has(n));
        if (add) model.add(n);
        else model.delete(n);
      }
      const sorted = [...model].sort((a, b) => a - b);
      assert.deepEqual([...set], sorted);
      assert.equal(set.size, sorted.length);
      assert.equal(set.first(), sorted[0]);
      for (const probe of [0, 1, 299, 300, 600]) {
        assert.equal(set.rank(probe), sorted.filter((n) => n < probe).length);
        assert.equal(set.has(probe), model.has(probe));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("SortedChunks keeps order over many chunks", () => {
  const set = new SortedChunks<number>((a, b) => a - b);
  for (let i = 0; i < 10_000; i++) set.add((i * 7919) % 10_007);
  const all = [...set];
  assert.deepEqual(all, [...all].sort((a, b) => a - b));
  assert.equal(set.rank(all[7777]), 7777);
});
