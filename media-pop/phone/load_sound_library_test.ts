import assert from "node:assert/strict";
import { A_LAW } from "../media/g711/a_law.ts";
import { decodeSamples } from "../media/g711/decode_samples.ts";
import { PromptLibrary } from "../media/prompts/prompt_library.ts";
import { tone } from "../media/g711/tone.ts";
import { loadSoundLibrary } from "./load_sound_library.ts";
import { measureAudio } from "./measure_audio.ts";

const library = await PromptLibrary.load();
const sounds = await loadSoundLibrary();

Deno.test("loadSoundLibrary() knows every second of the hold music, over A-law", () => {
  for (const name of ["hold-music", "hold-music-waltz"]) {
    const codes = library.get(name).codes(A_LAW);
    for (let at = 0; at + 8000 <= codes.length; at += 23_000) {
      const second = decodeSamples(codes.subarray(at, at + 8000), A_LAW);
      assert.equal(sounds.recognise(second), name, `at ${at}`);
    }
  }
});

Deno.test("loadSoundLibrary() knows the spoken prompts by their first second", () => {
  for (
    const name of library.names.filter((one) => !/music|ringback|busy|beep|confirm|error/.test(one))
  ) {
    const second = decodeSamples(library.get(name).codes(A_LAW).subarray(0, 8000), A_LAW);
    if (measureAudio(second).kind === "silence") continue;
    assert.equal(sounds.recognise(second), name);
  }
});

Deno.test("loadSoundLibrary() takes an agent's tone for nothing it knows", () => {
  for (const frequency of [300, 440, 523, 620, 880, 1000]) {
    const second = tone({ frequencies: [frequency], duration: 1000 });
    assert.equal(sounds.recognise(second), null, `${frequency}`);
  }
});
