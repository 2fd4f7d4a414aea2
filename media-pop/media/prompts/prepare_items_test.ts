import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { prepareItems } from "./prepare_items.ts";
import { PromptLibrary } from "./prompt_library.ts";

const place = { tenantId: "t", clusterId: "E39" };
const library = await PromptLibrary.load();
const never = Promise.withResolvers<Uint8Array>();
const say = (text: string) =>
  ({ type: "say", text, language: "en", voice: null, transient: false }) as const;
const sources = {
  library,
  speaker: {
    say: ({ text }: { text: string }) =>
      text === "forever" ? never.promise : Promise.resolve(new Uint8Array(text.length)),
  },
  uploads: {
    get: (hash: string) =>
      hash === "known"
        ? Promise.resolve(new Uint8Array(5))
        : Promise.reject(new AntiphonError("prompt_unavailable", "gone")),
  },
};

Deno.test("prepareItems() keeps the order of sounds of every kind", async () => {
  const ready = await prepareItems(
    sources,
    [say("one"), { type: "library", name: "beep" }, { type: "audio", hash: "known" }],
    place,
    new AbortController().signal,
  );
  assert.deepEqual(ready.map(({ name }) => name), ["speech", "beep", "audio"]);
  assert.deepEqual(ready.map(({ length }) => length), [3, library.get("beep").length, 5]);
});

Deno.test("prepareItems() fails as a whole, with the reason of what is missing", async () => {
  const { signal } = new AbortController();
  for (const item of [{ type: "library", name: "none" }, { type: "audio", hash: "x" }] as const) {
    const failing = prepareItems(sources, [say("one"), item], place, signal);
    await assert.rejects(failing, { code: "prompt_unavailable" });
  }
});

Deno.test("prepareItems() waits for nothing that nobody wants any more", async () => {
  const stop = new AbortController();
  const waiting = prepareItems(sources, [say("forever")], place, stop.signal);
  stop.abort();
  await assert.rejects(waiting, { code: "deadline_exceeded" });
});
