import assert from "node:assert/strict";
import { encodeSamples } from "../media/g711/encode_samples.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { tone } from "../media/g711/tone.ts";
import { SpeechDetector } from "./speech_detector.ts";

const packet = (amplitude: number) =>
  encodeSamples(tone({ frequencies: [440], duration: 20, amplitude }), MU_LAW);

function hears(amplitudes: number[]): SpeechDetector {
  const detector = new SpeechDetector(0);
  amplitudes.forEach((amplitude, i) => {
    detector.take(packet(amplitude), 0, 160, MU_LAW, i * 20);
  });
  return detector;
}

Deno.test("speech is loud for 60 ms; clicks, breath and line noise are not", () => {
  assert.equal(hears([3000, 3000, 3000]).heard, true);
  assert.equal(hears([3000, 3000, 0, 3000, 3000]).heard, false);
  assert.equal(hears(new Array(50).fill(300)).heard, false);
});

Deno.test("silence counts from the last speech, or from the start", () => {
  assert.equal(hears([0, 0]).silence(500), 500);
  assert.equal(hears([3000, 3000, 3000, 0, 0]).silence(100), 60);
});
