import assert from "node:assert/strict";
import fc from "fast-check";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { transcodingTable } from "../media/g711/transcoding_table.ts";
import { Tape } from "./tape.ts";

const SAME = transcodingTable(MU_LAW, MU_LAW);
const SILENCE = MU_LAW.silence;

/** Copies all that a tape gives up to a position, in seconds and a rest. */
function drain(tape: Tape, position: number): number[] {
  const out: number[] = [];
  for (let part = tape.rest(position); part; part = tape.rest(position)) {
    out.push(...part);
    tape.taken();
  }
  return out;
}

Deno.test("a tape keeps two channels apart and fills what nobody says with silence", () => {
  const tape = new Tape(2);
  tape.write(0, 0, Uint8Array.of(1, 2), 0, 2, SAME);
  tape.write(1, 1, Uint8Array.of(9, 9, 7), 2, 3, SAME);
  assert.deepEqual(drain(tape, 3), [1, SILENCE, 2, 7, SILENCE, SILENCE]);
});

Deno.test("a tape gives a second once nothing can come late for it", () => {
  const tape = new Tape(1);
  assert.equal(tape.next(15_999), null);
  assert.equal(tape.next(16_000)?.length, 8000);
  tape.taken();
  assert.equal(tape.next(16_000), null);
  tape.write(0, 7_999, Uint8Array.of(1), 0, 1, SAME);
  tape.write(0, 8_000 + 32_000, Uint8Array.of(1), 0, 1, SAME);
  assert.ok(drain(tape, 40_000).every((code) => code === SILENCE), "too late and too early");
});

Deno.test("a tape's gate leaves silence of the same length, and says where", () => {
  const tape = new Tape(1);
  const frame = new Uint8Array(160).fill(5);
  tape.write(0, 1600, frame, 0, 160, SAME);
  tape.gate(true, 800);
  tape.gate(true, 900);
  tape.write(0, 960, frame, 0, 160, SAME);
  assert.deepEqual(tape.pauses(1600), [{ from: 0.1, to: 0.2 }]);
  tape.gate(false, 2400);
  tape.gate(false, 2500);
  tape.write(0, 0, frame, 0, 160, SAME);
  tape.write(0, 2240, frame, 0, 160, SAME);
  tape.write(0, 2400, frame, 0, 160, SAME);
  const out = drain(tape, 3200);
  assert.deepEqual([out[0], out[960], out[1600], out[2300], out[2400]], [5, 255, 255, 255, 5]);
  assert.deepEqual(tape.pauses(3200), [{ from: 0.1, to: 0.3 }]);
});

Deno.test("a tape is what was written to it, whatever the order", () => {
  const writes = fc.array(
    fc.record({
      channel: fc.constantFrom(0, 1),
      position: fc.integer({ min: 0, max: 31_000 }),
      code: fc.integer({ min: 0, max: 254 }),
      size: fc.integer({ min: 1, max: 960 }),
    }),
    { maxLength: 40 },
  );
  const gates = fc.tuple(fc.nat(30_000), fc.nat(30_000));
  fc.assert(
    fc.property(writes, gates, (all, [one, other]) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const tape = new Tape(2);
      const model = new Array<number>(64_000).fill(SILENCE);
      tape.gate(true, from);
      tape.gate(false, to);
      for (const { channel, position, code, size } of all) {
        tape.write(channel, position, new Uint8Array(size).fill(code), 0, size, SAME);
        if (position < to && position + size > from && from < to) continue;
        for (let i = position; i < position + size; i++) model[i * 2 + channel] = code;
      }
      assert.deepEqual(drain(tape, 32_000), model);
    }),
    { numRuns: 25 },
  );
});
