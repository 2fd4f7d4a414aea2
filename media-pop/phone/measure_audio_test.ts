import assert from "node:assert/strict";
import { tone } from "../media/g711/tone.ts";
import { measureAudio } from "./measure_audio.ts";

Deno.test("measureAudio() tells silence, tones and other sound apart", () => {
  assert.equal(measureAudio(new Int16Array(8000)).kind, "silence");
  assert.equal(measureAudio(new Int16Array(0)).kind, "silence");
  const mixed = measureAudio(tone({ frequencies: [440, 1000, 1700], duration: 1000 }));
  assert.equal(mixed.kind, "sound");
});

Deno.test("measureAudio() finds a tone's frequency under noise", () => {
  for (const frequency of [300, 440, 1000, 2345, 3400]) {
    const samples = tone({ frequencies: [frequency], duration: 1000 });
    let seed = 1;
    for (let i = 0; i < samples.length; i++) {
      seed = seed * 1103515245 + 12345 & 0x7fffffff;
      samples[i] += seed % 1000 - 500;
    }
    const measure = measureAudio(samples);
    assert.equal(measure.kind, "tone", `${frequency}`);
    assert.ok(Math.abs(measure.tone!.frequency - frequency) <= 1);
    assert.ok(measure.tone!.snr > 20);
  }
});
