import assert from "node:assert/strict";
import { goertzel } from "../g711/goertzel.ts";
import { decodeSamples } from "../g711/decode_samples.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import { busyTone } from "./busy_tone.ts";
import { holdMusic, holdWaltz } from "./hold_music.ts";
import { PromptLibrary } from "./prompt_library.ts";

Deno.test("PromptLibrary.load() has the built-in prompts, audible and of sane length", async () => {
  const library = await PromptLibrary.load();
  for (const name of ["welcome", "thanks", "goodbye", "invalid-choice", "no-agents"]) {
    const prompt = library.get(name);
    assert.ok(prompt.duration > 1000 && prompt.duration < 8000, `${name} ${prompt.duration}`);
    const samples = decodeSamples(prompt.codes(MU_LAW), MU_LAW);
    assert.ok(Math.max(...samples) > 5000, name);
  }
  assert.ok(library.has("beep") && library.has("ringback-us"));
  assert.equal(library.get("ringback-eu").duration, 5000);
  assert.throws(() => library.get("none"), { code: "prompt_unavailable" });
  assert.throws(() => library.addWav("bad", new Uint8Array(3)), { code: "audio_unreadable" });
});

Deno.test("hold music is the same every time, a minute and more, never clips and loops", () => {
  for (const [make, seconds] of [[holdMusic, 80], [holdWaltz, 66.24]] as const) {
    const music = make();
    assert.equal(music.length, seconds * 8000);
    assert.deepEqual(make(), music);
    assert.ok(music.every((s) => Math.abs(s) < 20_000));
    assert.ok(Math.abs(music[0] - music[music.length - 1]) < 2000, "no click at the seam");
    for (let at = 0; at < music.length; at += 8000) {
      const second = music.subarray(at, at + 8000);
      assert.ok(second.some((s) => Math.abs(s) > 800), `never silent: second ${at / 8000}`);
    }
  }
  assert.ok(goertzel(holdMusic().subarray(0, 8000), 261.63) > 300);
});

Deno.test("the library's tones have their cadences and its earcons are short and end softly", async () => {
  const library = await PromptLibrary.load();
  assert.equal(library.get("busy-eu").duration, 1000);
  assert.ok(goertzel(busyTone("us").subarray(0, 4000), 620) > 1500);
  for (const name of ["confirm", "error"]) {
    const samples = decodeSamples(library.get(name).codes(MU_LAW), MU_LAW);
    assert.ok(samples.length < 8000 && Math.max(...samples) > 3000, name);
    assert.ok(Math.abs(samples[samples.length - 1]) < 300, name);
  }
});

Deno.test("PromptLibrary.load() says when a folder cannot be read", async () => {
  const nowhere = new URL("file:///nowhere/");
  await assert.rejects(PromptLibrary.load(nowhere), { code: "configuration_invalid" });
});
