import assert from "node:assert/strict";
import fc from "fast-check";
import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import { EventOutbox } from "./event_outbox.ts";

const placed: PlacedCallEvent = {
  tenantId: "018f0000-0000-7000-8000-000000000001",
  callId: "018f0000-0000-7000-8000-00000000000c",
  at: 1,
  event: { type: "call.answered", codec: "PCMA" },
};
const numbers = (outbox: EventOutbox, seq = 0) => outbox.after(seq).map((e) => e.seq);

Deno.test("EventOutbox numbers from 1 and keeps until acknowledged", () => {
  const outbox = new EventOutbox(10);
  for (let i = 0; i < 4; i++) outbox.append(placed);
  assert.deepEqual(numbers(outbox), [1, 2, 3, 4]);
  assert.deepEqual(numbers(outbox, 2), [3, 4]);
  outbox.ack(3);
  assert.deepEqual(numbers(outbox), [4]);
  outbox.ack(1);
  assert.deepEqual(numbers(outbox), [4]);
  outbox.ack(99);
  assert.equal(outbox.size, 0);
  assert.equal(outbox.append(placed).seq, 5);
});

Deno.test("EventOutbox drops the oldest past its limit and counts them", () => {
  const outbox = new EventOutbox(2);
  for (let i = 0; i < 5; i++) outbox.append(placed);
  assert.deepEqual(numbers(outbox), [4, 5]);
  assert.equal(outbox.dropped, 3);
});

Deno.test("EventOutbox behaves like a plain list, whatever is acknowledged", () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 900 }).map((append) => ({ append })) },
    fc.nat(6000).map((ack) => ({ ack })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.nat(6000), (steps, after) => {
      const outbox = new EventOutbox(3000);
      let model: number[] = [], last = 0;
      for (const action of steps) {
        if ("ack" in action) {
          outbox.ack(action.ack);
          model = model.filter((seq) => seq > action.ack);
        } else {for (let i = 0; i < action.append; i++) {
            outbox.append(placed);
            model.push(++last);
            if (model.length > 3000) model.shift();
          }}
      }
      assert.equal(outbox.size, model.length);
      assert.deepEqual(numbers(outbox, after), model.filter((seq) => seq > after));
    }),
    { numRuns: 50 },
  );
});
