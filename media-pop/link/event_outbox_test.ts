import assert from "node:assert/strict";
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
