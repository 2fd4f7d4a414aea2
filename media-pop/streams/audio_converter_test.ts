import assert from "node:assert/strict";
import { A_LAW } from "../media/g711/a_law.ts";
import { encodeSamples } from "../media/g711/encode_samples.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { AudioConverter, type StreamFormat } from "./audio_converter.ts";

const FRAMES = 20;
const tone = Int16Array.from(
  { length: 160 * FRAMES },
  (_, i) => 8000 * Math.sin(2 * Math.PI * 440 * i / 8000),
);

/** A tone through the bot and back, with the bot saying what it hears. */
function echoed(format: StreamFormat): number {
  const converter = new AudioConverter(format);
  const codes = encodeSamples(tone, A_LAW);
  const out = new Uint8Array(AudioConverter.LARGEST);
  let error = 0;
  const back: number[] = [];
  for (let at = 0; at < codes.length; at += 160) {
    const length = converter.outward(codes, at, 160, A_LAW, out);
    assert.equal(length, format.encoding === "audio/x-mulaw" ? 160 : format.sampleRate / 25);
    const count = converter.inward(out, length);
    for (const code of out.subarray(0, count)) back.push(MU_LAW.decode[code]);
  }
  assert.equal(back.length, tone.length);
  // Two filters of 15 samples at 16 kHz.
  const delay = format.sampleRate === 16000 ? 15 : 0;
  for (let i = 200; i < tone.length; i++) {
    error = Math.max(error, Math.abs(back[i] - tone[i - delay]));
  }
  return error;
}

Deno.test("what a bot hears and says back is what the caller said, in each format", () => {
  assert.ok(echoed({ encoding: "audio/x-mulaw", sampleRate: 8000 }) < 600);
  assert.ok(echoed({ encoding: "audio/x-l16", sampleRate: 8000 }) < 600);
  assert.ok(echoed({ encoding: "audio/x-l16", sampleRate: 16000 }) < 800);
});

Deno.test("half a sample at the end of a bot's audio is dropped", () => {
  const converter = new AudioConverter({ encoding: "audio/x-l16", sampleRate: 8000 });
  assert.equal(converter.inward(Uint8Array.of(0, 0, 0x7f), 3), 1);
});
