import assert from "node:assert/strict";
import fc from "fast-check";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { tone } from "../media/g711/tone.ts";
import { measureAudio } from "./measure_audio.ts";
import { readWav } from "./read_wav.ts";

function wav(samples: Int16Array, rate: number, channels = 1): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => view.setInt16(44 + i * 2, sample, true));
  return bytes;
}

Deno.test("readWav() brings any rate to 8 kHz", () => {
  for (const rate of [8000, 16000, 44100]) {
    const samples = readWav(wav(tone({ frequencies: [440], duration: 1000, rate }), rate));
    assert.ok(Math.abs(samples.length - 8000) < 10);
    assert.equal(measureAudio(samples).tone?.frequency, 440);
  }
});

Deno.test("readWav() refuses what is no PCM file and never fails otherwise", () => {
  assert.throws(() => readWav(new Uint8Array(100)), AntiphonError);
  const good = wav(new Int16Array(50), 8000, 2);
  fc.assert(fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
    const bytes = good.slice();
    bytes[at] = value;
    try {
      readWav(bytes);
    } catch (error) {
      assert.ok(error instanceof AntiphonError);
    }
  }));
});
