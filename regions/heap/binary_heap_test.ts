import assert from "node:assert/strict";
import fc from "fast-check";
import { BinaryHeap } from "./binary_heap.ts";

Deno.test("BinaryHeap gives its elements in order, whatever comes and goes in between", () => {
  const steps = fc.array(fc.option(fc.nat(50), { freq: 3 }), { maxLength: 200 });
  fc.assert(fc.property(steps, (changes) => {
    const heap = new BinaryHeap<number>((a, b) => a < b);
    let model: number[] = [];
    for (const n of changes) {
      if (n === null) assert.equal(heap.pop(), model.shift());
      else {
        heap.push(n);
        model = [...model, n].sort((a, b) => a - b);
      }
      assert.deepEqual([heap.first(), heap.length], [model[0], model.length]);
    }
    const even = model.filter((n) => n % 2 === 0);
    assert.equal(heap.keep((n) => n % 2 === 0), even.length);
    assert.deepEqual(even.map(() => heap.pop()), even);
  }));
});
