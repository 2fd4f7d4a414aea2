import assert from "node:assert/strict";
import { type CallStage, type HeardSecond, nextStage } from "./call_stage.ts";

const silence: HeardSecond = { silent: true, recording: null };
const prompt: HeardSecond = { silent: false, recording: "welcome" };
const music: HeardSecond = { silent: false, recording: "hold-music" };
const voice: HeardSecond = { silent: false, recording: null };
const walk = (...seconds: HeardSecond[]) =>
  seconds.reduce<CallStage[]>((path, heard) => [...path, nextStage(path.at(-1)!, heard)], [
    "answered",
  ]);

Deno.test("nextStage() follows a call from menu to queue to agent", () => {
  assert.deepEqual(walk(silence, prompt, silence, music, music, silence, voice), [
    "answered",
    "answered",
    "ivr",
    "ivr",
    "queued",
    "queued",
    "queued",
    "with-agent",
  ]);
});

Deno.test("nextStage() goes back to the queue when the music is back", () => {
  assert.deepEqual(walk(music, voice, music, prompt, voice).at(-3), "queued");
  assert.deepEqual(walk(music, voice, music, prompt, voice).at(-1), "with-agent");
});
