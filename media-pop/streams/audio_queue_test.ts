import assert from "node:assert/strict";
import fc from "fast-check";
import { AudioQueue } from "./audio_queue.ts";

const OPTIONS = { limit: 8000, cushion: 320, marks: 3 };
const queue = () => new AudioQueue(0xff, OPTIONS);
const bytes = (length: number, from = 0) => Uint8Array.from({ length }, (_, i) => (from + i) % 251);

Deno.test("a burst plays at 20 ms a step, its last piece filled up with silence", () => {
  const q = queue();
  const out = new Uint8Array(170);
  assert.equal(q.push(bytes(400), 400, 0), 0);
  assert.equal(q.buffered, 50);
  assert.ok(q.read(out, 10, 0));
  assert.deepEqual(out.subarray(10), bytes(160));
  assert.ok(q.read(out, 10, 20));
  assert.equal(q.read(out, 10, 39), false, "more may come");
  assert.ok(q.read(out, 10, 40));
  assert.deepEqual(out.subarray(10, 90), bytes(80, 320));
  assert.ok(out.subarray(90).every((code) => code === 0xff));
  assert.equal(q.read(out, 10, 60), false);
});

Deno.test("a stream waits for its cushion, or as long as that lasts", () => {
  const q = queue();
  const out = new Uint8Array(160);
  q.push(bytes(160), 160, 100);
  assert.equal(q.read(out, 0, 100), false);
  q.push(bytes(160), 160, 120);
  assert.ok(q.read(out, 0, 120));
  assert.ok(q.read(out, 0, 140));
  assert.equal(q.read(out, 0, 160), false);
  q.push(bytes(160), 160, 170);
  assert.equal(q.read(out, 0, 180), false);
  assert.ok(q.read(out, 0, 210), "it waited 40 ms");
});

Deno.test("marks are told when what stood before them was heard, cleared, or nothing was", () => {
  const q = queue();
  const told: string[] = [];
  const mark = (name: string) => q.mark(() => told.push(name));
  mark("empty");
  q.push(bytes(320), 320, 0);
  mark("first");
  q.push(bytes(160), 160, 0);
  mark("second");
  const out = new Uint8Array(160);
  q.read(out, 0, 0);
  assert.deepEqual(told, ["empty"]);
  q.read(out, 0, 20);
  assert.deepEqual(told, ["empty", "first"]);
  q.clear();
  assert.deepEqual(told, ["empty", "first", "second"]);
  assert.equal(q.buffered, 0);
  q.push(bytes(160), 160, 0);
  assert.deepEqual([1, 2, 3, 4].map((n) => mark(String(n))), [true, true, true, false]);
});

Deno.test("what finds no room is dropped and counted, the rest is heard in order", () => {
  fc.assert(fc.property(
    fc.array(fc.record({ pushes: fc.nat(3000), reads: fc.nat(12) }), { maxLength: 40 }),
    (steps) => {
      const q = queue();
      const [kept, heard]: number[][] = [[], []];
      const out = new Uint8Array(160);
      let n = 0;
      let now = 0;
      for (const { pushes, reads } of steps) {
        const sent = bytes(pushes, n++);
        const dropped = q.push(sent, pushes, now);
        kept.push(...sent.subarray(0, pushes - dropped));
        assert.ok(q.buffered <= 1000);
        for (let i = 0; i < reads; i++) {
          const before = q.buffered * 8;
          now += 100;
          if (q.read(out, 0, now)) heard.push(...out.subarray(0, before - q.buffered * 8));
        }
      }
      while (q.read(out, 0, now += 100)) heard.push(...out);
      assert.deepEqual(heard.slice(0, kept.length), kept);
      assert.ok(heard.slice(kept.length).every((code) => code === 0xff));
    },
  ));
});
