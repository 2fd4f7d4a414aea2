import assert from "node:assert/strict";
import { VirtualClock } from "../clock/virtual_clock.ts";
import { Ticker } from "./ticker.ts";

Deno.test("Ticker keeps to its beat, whatever the lateness, and skips after a stall", () => {
  const clock = new VirtualClock();
  const late = { ...clock, now: () => clock.now() + lag, wallClock: () => 0 };
  let lag = 0;
  const beats: number[] = [];
  const ticker = new Ticker(
    { ...late, schedule: (delay, callback) => clock.schedule(delay, callback) },
    (now) => beats.push(now),
  );
  clock.advance(40);
  lag = 7;
  clock.advance(40);
  assert.deepEqual(beats, [20, 40, 60, 80]);
  lag = 207;
  clock.advance(20);
  assert.equal(ticker.skipped, 6);
  assert.equal(beats.length, 9);
  assert.equal(beats.at(-1)! % 20, 0);
  ticker.stop();
  assert.equal(clock.pending, 0);
});
