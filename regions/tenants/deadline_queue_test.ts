import assert from "node:assert/strict";
import fc from "fast-check";
import { DeadlineQueue } from "./deadline_queue.ts";

Deno.test("DeadlineQueue gives ids when due, the moved ones at their new time only", () => {
  const queue = new DeadlineQueue();
  queue.set("a", 10);
  queue.set("b", 20);
  queue.set("a", 30);
  queue.set("c", 15);
  queue.set("c", null);
  assert.equal(queue.next(), 20);
  assert.deepEqual(queue.due(20), ["b"]);
  assert.deepEqual(queue.due(29), []);
  assert.deepEqual(queue.due(30), ["a"]);
  assert.equal(queue.next(), null);
});

Deno.test("DeadlineQueue agrees with a sorted list for any sequence of settings", () => {
  const step = fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.option(fc.nat(50)));
  fc.assert(fc.property(fc.array(step), fc.nat(50), (steps, now) => {
    const queue = new DeadlineQueue();
    const model = new Map<string, number>();
    for (const [id, at] of steps) {
      queue.set(id, at);
      if (at === null) model.delete(id);
      else model.set(id, at);
    }
    const due = [...model].filter(([, at]) => at <= now).sort((x, y) => x[1] - y[1]);
    const got = queue.due(now);
    assert.deepEqual([...got].sort(), due.map(([id]) => id).sort());
    assert.deepEqual(got.map((id) => model.get(id)), due.map(([, at]) => at));
  }));
});

Deno.test("DeadlineQueue does not grow with deadlines that are moved again and again", () => {
  const queue = new DeadlineQueue();
  for (let at = 1; at <= 100_000; at++) queue.set(`id-${at % 10}`, at);
  assert.ok(queue.length <= 100, `${queue.length} entries`);
  assert.equal(queue.next(), 99_991);
  assert.equal(queue.due(100_000).length, 10);
});
