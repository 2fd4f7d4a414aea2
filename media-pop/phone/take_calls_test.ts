import assert from "node:assert/strict";
import { Watched } from "../testing/watched.ts";
import { SoundLibrary } from "./sound_library.ts";
import { readCalledOptions } from "./called_options.ts";
import { readPhoneOptions } from "./phone_options.ts";
import { type PhoneLine, placeCall } from "./place_call.ts";
import { takeCalls } from "./take_calls.ts";

async function called(...args: string[]) {
  const lines = new Watched<PhoneLine>();
  const phone = await takeCalls(readCalledOptions(args), (line) => lines.push(line));
  const done = Promise.withResolvers<void>();
  const options = readPhoneOptions(["--to", "1", "--sip", `127.0.0.1:${phone.port}`]);
  const sounds = new SoundLibrary([]);
  const summary = placeCall(options, {
    ...{ sounds, spoken: null, hangUp: done.promise, onLine: () => {} },
  });
  return {
    ...{ lines, summary, hangUp: () => done.resolve() },
    [Symbol.asyncDispose]: () => phone.close(),
  };
}

Deno.test("takeCalls() answers, hears, and hangs up after its time", async () => {
  await using t = await called("--ring", "0", "--talk", "2200");
  const summary = await t.summary;
  assert.deepEqual([summary.answered, summary.endedBy], [true, "remote_bye"]);
  assert.ok(summary.tones["1000"] >= 1, JSON.stringify(summary.tones));
  await t.lines.first(({ event, frequency }) => event === "heard" && frequency === 440, "440 Hz");
  await t.lines.first(({ event, by }) => event === "ended" && by === "local_bye", "the end");
});

Deno.test("takeCalls() refuses, and rings until it is cancelled", async () => {
  {
    await using t = await called("--answer", "486", "--ring", "none");
    assert.equal((await t.summary).status, 486);
  }
  await using t = await called("--answer", "none");
  await t.lines.first(({ event }) => event === "called", "the call");
  t.hangUp();
  await t.lines.first(({ event }) => event === "cancelled", "the CANCEL");
  assert.equal((await t.summary).answered, false);
});
