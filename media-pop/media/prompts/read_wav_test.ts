import assert from "node:assert/strict";
import fc from "fast-check";
import { A_LAW } from "../g711/a_law.ts";
import { encodeSamples } from "../g711/encode_samples.ts";
import { goertzel } from "../g711/goertzel.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import { tone } from "../g711/tone.ts";
import { readWav } from "./read_wav.ts";

function wav(tag: number, rate: number, bits: number, data: Uint8Array, channels = 1): Uint8Array {
  const file = new Uint8Array(44 + data.length);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode("RIFF    WAVEfmt "));
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint16(34, bits, true);
  file.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, data.length, true);
  file.set(data, 44);
  return file;
}
const bytes = (samples: Int16Array) => new Uint8Array(samples.buffer);

Deno.test("readWav() reads PCM, A-law and µ-law at 8 kHz", () => {
  const samples = tone({ frequencies: [440], duration: 100, amplitude: 9000 });
  assert.deepEqual(readWav(wav(1, 8000, 16, bytes(samples))), samples);
  for (const [tag, codec] of [[6, A_LAW], [7, MU_LAW]] as const) {
    const read = readWav(wav(tag, 8000, 8, encodeSamples(samples, codec)));
    assert.ok(Math.abs(goertzel(read, 440) - 9000) < 200);
  }
});

Deno.test("readWav() brings other rates down without folding high tones back", () => {
  for (const rate of [16_000, 44_100, 48_000]) {
    const low = tone({ frequencies: [440], duration: 200, amplitude: 9000, rate });
    const high = tone({ frequencies: [5000], duration: 200, amplitude: 9000, rate });
    const read = readWav(wav(1, rate, 16, bytes(low)));
    assert.equal(read.length, 1600);
    assert.ok(Math.abs(goertzel(read.subarray(400, 1200), 440) - 9000) < 250, `${rate}`);
    const folded = readWav(wav(1, rate, 16, bytes(high))).subarray(400, 1200);
    assert.ok(Math.max(...folded.map(Math.abs)) < 300, `${rate}`);
  }
});

Deno.test("readWav() mixes two channels and refuses the rest with a reason", () => {
  const stereo = Int16Array.of(1000, 3000, -5, -7);
  assert.deepEqual(readWav(wav(1, 8000, 16, bytes(stereo), 2)), Int16Array.of(2000, -6));
  const bad = [
    new Uint8Array(50),
    wav(3, 8000, 32, new Uint8Array(8)),
    wav(1, 8000, 8, new Uint8Array(8)),
    wav(1, 4000, 16, new Uint8Array(8)),
    wav(1, 8000, 16, new Uint8Array(8), 6),
    wav(1, 8000, 16, new Uint8Array(8)).subarray(0, 36),
  ];
  for (const file of bad) assert.throws(() => readWav(file), { code: "invalid_request" });
});

Deno.test("readWav() throws only invalid_request, whatever the bytes", () => {
  const good = wav(1, 16_000, 16, new Uint8Array(200));
  fc.assert(fc.property(fc.nat(43), fc.nat(255), fc.nat(244), (at, value, length) => {
    const file = good.slice(0, length);
    if (at < length) file[at] = value;
    try {
      readWav(file);
    } catch (error) {
      assert.equal((error as { code: string }).code, "invalid_request");
    }
  }));
});
