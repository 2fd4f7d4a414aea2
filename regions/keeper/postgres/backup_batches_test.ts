import assert from "node:assert/strict";
import fc from "fast-check";
import { backupBatches } from "./backup_batches.ts";

Deno.test("backupBatches() puts small files together and large ones in pieces", () => {
  const file = (path: string, size: number) => ({ path, size, folder: false });
  assert.deepEqual(backupBatches([file("a", 3), file("b", 0), file("c", 25)], 10), [
    [{ path: "a", offset: 0, length: 3 }, { path: "b", offset: 0, length: 0 }],
    [{ path: "c", offset: 0, length: 10 }],
    [{ path: "c", offset: 10, length: 10 }],
    [{ path: "c", offset: 20, length: 5 }],
  ]);
});

Deno.test("backupBatches() leaves nothing out and takes nothing twice", () => {
  fc.assert(fc.property(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 20 }), (sizes, limit) => {
    const files = sizes.map((size, index) => ({ path: `${index}`, size, folder: false }));
    const batches = backupBatches(files, limit);
    const taken = sizes.map(() => 0);
    const named = new Set<string>();
    for (const batch of batches) {
      assert.ok(batch.reduce((sum, { length }) => sum + length, 0) <= limit);
      for (const { path, offset, length } of batch) {
        assert.equal(offset, taken[Number(path)]);
        taken[Number(path)] += length;
        named.add(path);
      }
    }
    assert.deepEqual(taken, sizes);
    assert.equal(named.size, sizes.length);
  }));
});
