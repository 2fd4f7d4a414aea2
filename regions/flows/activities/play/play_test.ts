import assert from "node:assert/strict";
import { voiceFlow } from "../../../testing/voice_flow.ts";

const wait = { type: "play", prompt: "thanks", next: "end" };
const [EN, DE] = ["e".repeat(64), "d".repeat(64)];
const prompts = (draft: Record<string, unknown>) => {
  const variant = (language: string | null, hash: string) => ({
    language,
    hash,
    seconds: 1,
    bytes: 8000,
  });
  draft.prompts = [{
    ...{ id: "hours", name: "Hours" },
    audio: [variant(null, EN), variant("de", DE)],
  }];
};
const hours = { type: "prompt", promptId: "hours" };

Deno.test("play renders its items in the flow's language", () => {
  const t = voiceFlow({
    a: { type: "set-language", language: "de-AT", next: "b" },
    b: {
      type: "play",
      items: [
        { type: "library", name: "beep" },
        hours,
        { type: "say", text: "Guten Tag" },
        { type: "say", text: "Sie rufen von {{ callerNumber }} an", voice: "f2" },
        { type: "announce", what: "position", queueId: "sales" },
        { type: "announce", what: "wait", queueId: "sales" },
        { type: "say", text: "{{ nobody }}" },
      ],
      next: "end",
    },
  }, prompts);
  const said = { type: "say", language: "de-AT", voice: null } as const;
  const { items, loop } = t.command("play");
  assert.equal(loop, false);
  assert.deepEqual(items, [
    { type: "library", name: "beep" },
    { type: "audio", hash: DE },
    { ...said, text: "Guten Tag", transient: false },
    { ...said, text: "Sie rufen von +49301 an", voice: "f2", transient: true },
    { ...said, text: "Sie sind als Nächstes an der Reihe.", transient: false },
  ]);
  t.played("completed");
  assert.equal(t.command("hang-up").cause, "flow-hung-up");
});

Deno.test("play takes the variant for every language where there is none of its own", () => {
  const t = voiceFlow({ a: { type: "play", items: [hours], next: "end" } }, prompts);
  assert.deepEqual(t.command("play").items, [{ type: "audio", hash: EN }]);
});

Deno.test("play goes on at once when there is nothing to say", () => {
  const items = [{ type: "say", text: "{{ nobody }}" }];
  const t = voiceFlow({ a: { type: "play", items, next: "b" }, b: wait });
  t.h.send({ type: "deadline", interactionIds: [t.callId] });
  assert.equal(t.at, "b");
});

Deno.test("play takes its error path with a code of why nothing was heard", () => {
  const codes = {
    speech_unavailable: "speech-unavailable",
    prompt_unavailable: "play-failed",
    deadline_exceeded: "play-failed",
  };
  for (const [told, code] of Object.entries(codes)) {
    const a = { type: "play", items: [{ type: "say", text: "Hello" }], next: "end", onError: "b" };
    const t = voiceFlow({ a, b: wait });
    t.command("play");
    t.played("failed", told);
    assert.deepEqual([t.at, t.variables.errorCode], ["b", code]);
  }
  const long = { type: "say", text: "{{ callerNumber }}".repeat(100).padEnd(1990, "x") };
  const a = { type: "play", items: [long, long], next: "end", onError: "b" };
  assert.equal(voiceFlow({ a, b: wait }).at, "a");
});
