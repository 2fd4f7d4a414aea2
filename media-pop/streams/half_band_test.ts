import assert from "node:assert/strict";
import { HalfBand } from "./half_band.ts";

const RATE = 16_000;
const tone = (frequency: number, rate: number, length: number) =>
  Int16Array.from({ length }, (_, i) => 8000 * Math.sin(2 * Math.PI * frequency * i / rate));

/** Loudness behind the filter's beginning, relative to a tone of 8000. */
function level(samples: Int16Array): number {
  const steady = samples.subarray(100);
  const power = steady.reduce((sum, x) => sum + x * x, 0) / steady.length;
  return Math.sqrt(2 * power) / 8000;
}

function run(action: "double" | "halve", samples: Int16Array, piece: number): Int16Array {
  const filter = new HalfBand(2000);
  const out: number[] = [];
  const room = new Int16Array(2000);
  for (let at = 0; at < samples.length; at += piece) {
    const part = samples.subarray(at, at + piece);
    out.push(...room.subarray(0, filter[action](part, part.length, room)));
  }
  return Int16Array.from(out);
}

Deno.test("speech keeps its loudness when the rate is doubled or halved", () => {
  for (const frequency of [300, 1000, 3000]) {
    const up = level(run("double", tone(frequency, RATE / 2, 2000), 160));
    const down = level(run("halve", tone(frequency, RATE, 4000), 320));
    assert.ok(Math.abs(up - 1) < 0.05, `${frequency} Hz up: ${up}`);
    assert.ok(Math.abs(down - 1) < 0.05, `${frequency} Hz down: ${down}`);
  }
});

Deno.test("what 8 kHz cannot hold does not fold back", () => {
  assert.ok(level(run("halve", tone(6000, RATE, 4000), 320)) < 0.01);
});

Deno.test("pieces of any length make the same stream", () => {
  const samples = tone(700, RATE, 1001);
  for (const action of ["double", "halve"] as const) {
    assert.deepEqual(run(action, samples, 7), run(action, samples, 320), action);
  }
});
