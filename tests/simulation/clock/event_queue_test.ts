import assert from "node:assert/strict";
import fc from "fast-check";
import { EventQueue } from "./event_queue.ts";

Deno.test("EventQueue runs by time, then in the order of scheduling, and never back in time", () => {
  fc.assert(fc.property(fc.array(fc.nat(20)), (delays) => {
    const queue = new EventQueue(100);
    const ran: [number, number][] = [];
    delays.forEach((ms, i) => queue.after(ms, () => ran.push([queue.now, i])));
    while (queue.step());
    const expected = delays.map((ms, i): [number, number] => [100 + ms, i])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    assert.deepEqual(ran, expected);
  }));
});

Deno.test("EventQueue passes over what was cancelled and takes what is late now", () => {
  const queue = new EventQueue(0);
  const ran: string[] = [];
  const cancel = queue.after(5, () => ran.push("cancelled"));
  queue.after(10, () => queue.at(3, () => ran.push(`late at ${queue.now}`)));
  cancel();
  assert.equal(queue.next, 10);
  while (queue.step());
  assert.deepEqual(ran, ["late at 10"]);
  assert.equal(queue.next, Infinity);
});
