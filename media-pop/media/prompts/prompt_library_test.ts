import assert from "node:assert/strict";
import { goertzel } from "../g711/goertzel.ts";
import { decodeSamples } from "../g711/decode_samples.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import { holdMusic } from "./hold_music.ts";
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

Deno.test("holdMusic() is the same every time, 20 s, never clips and loops without a click", () => {
  const music = holdMusic();
  assert.equal(music.length, 160_000);
  assert.deepEqual(holdMusic(), music);
  assert.ok(music.every((s) => Math.abs(s) < 20_000));
  assert.ok(Math.abs(music[0] - music[music.length - 1]) < 2000);
  assert.ok(goertzel(music.subarray(0, 8000), 261.63) > 300);
});

Deno.test("PromptLibrary.load() says when a folder cannot be read", async () => {
  const nowhere = new URL("file:///nowhere/");
  await assert.rejects(PromptLibrary.load(nowhere), { code: "configuration_invalid" });
});
