import { ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { peakOfSpectrum } from "./peak_of_spectrum.ts";

const BIN_HZ = 48_000 / 8192;

/** A spectrum as an analyser would show it for one tone over a floor. */
function spectrum(hz: number, floorDb: number): Float32Array {
  const at = hz / BIN_HZ;
  return Float32Array.from({ length: 4096 }, (_, i) => {
    const distance = Math.abs(i - at);
    return Math.max(floorDb, -20 - 4 * distance * distance);
  });
}

Deno.test("peak of spectrum finds a tone between two bins", () => {
  const peak = peakOfSpectrum(spectrum(440, -100), BIN_HZ);
  ok(peak);
  ok(Math.abs(peak.dominantHz - 440) < 1, `${peak.dominantHz}`);
  ok(peak.snrDb > 40);
});

Deno.test("peak of spectrum finds any tone in the band", () => {
  fc.assert(
    fc.property(fc.double({ min: 200, max: 3500, noNaN: true }), (hz) => {
      const peak = peakOfSpectrum(spectrum(hz, -100), BIN_HZ);
      return peak !== null && Math.abs(peak.dominantHz - hz) < 2;
    }),
  );
});

Deno.test("peak of spectrum tells noise from a tone", () => {
  const peak = peakOfSpectrum(spectrum(440, -25), BIN_HZ);
  ok(peak && peak.snrDb < 0);
});

Deno.test("peak of spectrum is nothing in silence", () => {
  strictEqual(peakOfSpectrum(new Float32Array(4096).fill(-Infinity), BIN_HZ), null);
});
