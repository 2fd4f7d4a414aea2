import assert from "node:assert/strict";
import fc from "fast-check";
import { DigitReceiver } from "./digit_receiver.ts";
import { DIGITS } from "./digits.ts";
import { DigitSender } from "./digit_sender.ts";

interface Sent {
  payload: Uint8Array;
  timestamp: number;
  marker: boolean;
  at: number;
}

function sendAll(digits: string, duration = 100): Sent[] {
  const sender = new DigitSender();
  sender.send(digits, { duration });
  const sent: Sent[] = [];
  let timestamp = 0;
  for (let at = 0; sender.active; at += 20) {
    const payload = new Uint8Array(4);
    const step = sender.next(payload, 0);
    if (!step) continue;
    if (step.begins) timestamp = at * 8;
    sent.push({ payload, timestamp, marker: step.marker, at });
  }
  return sent;
}

function receiveAll(packets: Sent[]): { started: string; ended: [string, number][] } {
  let started = "";
  const ended: [string, number][] = [];
  const receiver = new DigitReceiver({
    started: (d) => started += d,
    ended: (d, ms) => ended.push([d, ms]),
  });
  for (const p of packets) {
    receiver.tick(p.at);
    assert.ok(receiver.receive(p.payload, 0, 4, p.timestamp, p.marker, p.at));
  }
  receiver.tick(1e9);
  return { started, ended };
}

const digits = fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 1, maxLength: 12 });

Deno.test("DigitSender marks the start, grows the duration and ends three times", () => {
  const sent = sendAll("5", 100);
  assert.deepEqual(sent.map((p) => p.marker), [true, false, false, false, false, false, false]);
  assert.deepEqual(sent.map((p) => p.payload[1] >> 7), [0, 0, 0, 0, 1, 1, 1]);
  assert.deepEqual(sent.map((p) => (p.payload[2] << 8 | p.payload[3]) / 160), [
    1,
    2,
    3,
    4,
    5,
    5,
    5,
  ]);
  assert.equal(new Set(sent.map((p) => p.timestamp)).size, 1);
  assert.throws(() => new DigitSender().send("1x"), { code: "invalid_request" });
  assert.throws(() => new DigitSender().send("1".repeat(65)), { code: "invalid_request" });
});

Deno.test("DigitReceiver hears every digit once, in order, whatever is lost or doubled", () => {
  const fate = fc.infiniteStream(fc.constantFrom(0, 1, 1, 1, 2));
  fc.assert(fc.property(digits, fate, (typed, fates) => {
    const sent = sendAll(typed);
    const perDigit = Map.groupBy(sent, (p) => p.timestamp);
    const packets = [...perDigit.values()].flatMap((group) => {
      const kept = group.flatMap((p) => Array.from({ length: fates.next().value! }, () => p));
      return kept.length > 0 ? kept : [group[1]];
    });
    const heard = receiveAll(packets);
    assert.equal(heard.started, typed);
    assert.equal(heard.ended.map(([d]) => d).join(""), typed);
  }));
});

Deno.test("DigitReceiver tells durations in milliseconds and ignores late packets", () => {
  const [first, ...rest] = sendAll("12", 60);
  const late = [first, ...rest, rest[0]];
  assert.deepEqual(receiveAll(late).ended, [["1", 60], ["2", 60]]);
});

Deno.test("DigitReceiver joins the segments of a very long event", () => {
  const payload = (duration: number, end = false) =>
    new Uint8Array([7, end ? 0x8a : 10, duration >> 8, duration]);
  const heard = receiveAll([
    { payload: payload(0xffff), timestamp: 0, marker: true, at: 0 },
    { payload: payload(800), timestamp: 0xffff, marker: false, at: 20 },
    { payload: payload(1600, true), timestamp: 0xffff, marker: false, at: 40 },
  ]);
  assert.deepEqual(heard, { started: "7", ended: [["7", (0xffff + 1600) / 8]] });
});

Deno.test("DigitReceiver refuses what is no DTMF event", () => {
  const receiver = new DigitReceiver({ started: () => assert.fail(), ended: () => assert.fail() });
  assert.equal(receiver.receive(new Uint8Array([16, 0, 0, 1]), 0, 4, 1, true, 0), false);
  assert.equal(receiver.receive(new Uint8Array([1, 0, 0]), 0, 3, 1, true, 0), false);
});
