import assert from "node:assert/strict";
import fc from "fast-check";
import { resample } from "./resample.ts";

const RATES = [4000, 6000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000];
const LEVEL = 0.5;

function sine(frequency: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => LEVEL * Math.sin(2 * Math.PI * frequency * i / rate),
  );
}

/** Level without the edges, where the filter has nothing to lean on. */
function rms(samples: Float32Array): number {
  const inner = samples.subarray(300, samples.length - 300);
  return Math.sqrt(inner.reduce((sum, sample) => sum + sample * sample, 0) / inner.length);
}
const decibel = (ratio: number) => 20 * Math.log10(ratio);
const whole = LEVEL / Math.SQRT2;

Deno.test("resample() keeps the length and, below 3.3 kHz, the level of any tone", () => {
  const rate = fc.oneof(fc.constantFrom(...RATES), fc.integer({ min: 7_000, max: 192_000 }));
  fc.assert(
    fc.property(rate, fc.integer({ min: 100, max: 3_300 }), (rate, frequency) => {
      fc.pre(frequency < 0.42 * rate);
      const out = resample(sine(frequency, rate, 0.25), rate);
      assert.ok(Math.abs(out.length - 2000) <= 1, `${out.length}`);
      assert.ok(Math.abs(decibel(rms(out) / whole)) < 0.5, `${decibel(rms(out) / whole)} dB`);
    }),
    { numRuns: 60 },
  );
});

Deno.test("resample() leaves nothing above -40 dB of a tone that would fold back", () => {
  const rate = fc.oneof(
    fc.constantFrom(...RATES.slice(2)),
    fc.integer({ min: 11_025, max: 192_000 }),
  );
  fc.assert(
    fc.property(rate, fc.double({ min: 0, max: 1, noNaN: true }), (rate, part) => {
      const frequency = 4_050 + part * (rate / 2 - 4_100);
      const out = resample(sine(frequency, rate, 0.25), rate);
      assert.ok(
        decibel(rms(out) / whole) < -40,
        `${frequency} Hz: ${decibel(rms(out) / whole)} dB`,
      );
    }),
    { numRuns: 60 },
  );
});

Deno.test("resample() leaves 8 kHz as it is", () => {
  const samples = sine(440, 8000, 0.1);
  assert.equal(resample(samples, 8000), samples);
});
