import assert from "node:assert/strict";
import { A_LAW } from "../media/g711/a_law.ts";
import { decodeSamples } from "../media/g711/decode_samples.ts";
import { encodeSamples } from "../media/g711/encode_samples.ts";
import { tone } from "../media/g711/tone.ts";
import { SoundLibrary } from "./sound_library.ts";

function melody(...notes: number[]): Int16Array {
  const parts = notes.map((note) => tone({ frequencies: [note, note * 1.5], duration: 250 }));
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

const music = melody(220, 247, 262, 294, 330, 294, 262, 247);
const prompt = melody(180, 350, 200, 410, 190, 300, 230, 260);
const library = new SoundLibrary([
  { name: "hold-music", samples: music, loops: true },
  { name: "welcome", samples: prompt, loops: false },
]);
const overG711 = (samples: Int16Array) => decodeSamples(encodeSamples(samples, A_LAW), A_LAW);

Deno.test("SoundLibrary recognises its recordings after G.711, from any point and over the loop", () => {
  assert.equal(library.recognise(overG711(music.subarray(3333))), "hold-music");
  assert.equal(library.recognise(overG711(prompt.subarray(101))), "welcome");
  const seam = Int16Array.from([...music.subarray(-3000), ...music.subarray(0, 5000)]);
  assert.equal(library.recognise(overG711(seam)), "hold-music");
});

Deno.test("SoundLibrary knows nothing of silence, other tones and short stretches", () => {
  assert.equal(library.recognise(new Int16Array(8000)), null);
  assert.equal(library.recognise(tone({ frequencies: [440], duration: 1000 })), null);
  assert.equal(library.recognise(melody(205, 310, 275, 222)), null);
  assert.equal(library.recognise(music.subarray(0, 800)), null);
});

Deno.test("SoundLibrary recognises a recording that begins or ends within a second", () => {
  const late = new Int16Array(8000);
  late.set(prompt.subarray(0, 4200), 3800);
  assert.equal(library.recognise(late), "welcome");
  const ending = new Int16Array(8000);
  ending.set(prompt.subarray(-4200));
  assert.equal(library.recognise(ending), "welcome");
});
