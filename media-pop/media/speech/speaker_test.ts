import assert from "node:assert/strict";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { AudioCache } from "../cache/audio_cache.ts";
import { Speaker, type Speech } from "./speaker.ts";
import type { SpeechEngine } from "./speech_engine.ts";

interface Asked {
  text: string;
  signal: AbortSignal;
  give: (samples: Int16Array) => void;
  fail: (error: Error) => void;
}

async function speaking({ installed = true } = {}) {
  const folder = await Deno.makeTempDir();
  const lines: string[] = [];
  const log = createLogger({ service: "test", write: (line) => lines.push(line) });
  const cache = await AudioCache.open(folder, { memory: 1e6, disk: 1e6 }, log);
  const asked: Asked[] = [];
  let came = Promise.withResolvers<void>();
  const timers = new Set<() => void>();
  const engine: SpeechEngine = {
    name: "engine 1",
    languages: ["en"],
    synthesize: (text, _language, _voice, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Int16Array>();
      asked.push({ text, signal, give: resolve, fail: reject });
      came.resolve();
      came = Promise.withResolvers();
      return promise;
    },
  };
  const speaker = new Speaker({
    engine: installed ? engine : null,
    cache,
    counters: new Counters(),
    timer: (_ms, run) => {
      timers.add(run);
      came.resolve();
      came = Promise.withResolvers();
      return () => timers.delete(run);
    },
  });
  const say = (text: string, more: Partial<Speech> = {}) =>
    speaker.say({ text, language: "en", voice: null, transient: false, ...more });
  return {
    ...{ say, asked, timers, folder, lines },
    /** Waits until so many texts were handed to the engine. */
    async reached(count: number) {
      while (asked.length < count) await came.promise;
    },
    /** Waits until so many texts have a limit. */
    async limited(count: number) {
      while (timers.size < count) await came.promise;
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
const SOUND = Int16Array.of(0, 8000, -8000);

Deno.test("Speaker makes a text once, for all who ask meanwhile and after", async () => {
  await using t = await speaking();
  const both = [t.say("Hello"), t.say("  Hello\n")];
  await t.reached(1);
  t.asked[0].give(SOUND);
  const [one, two] = await Promise.all(both);
  assert.equal(one.length, 3);
  assert.deepEqual(one, two);
  assert.deepEqual(await t.say("Hello"), one);
  assert.equal(t.asked.length, 1);
  assert.equal(t.timers.size, 0);
  const other = t.say("Hello", { voice: "f2" });
  await t.reached(2);
  t.asked[1].give(SOUND);
  await other;
});

Deno.test("Speaker makes two texts at a time and refuses what would wait too long", async () => {
  await using t = await speaking();
  const texts = Array.from({ length: 67 }, (_, i) => t.say(`text ${i}`));
  const outcomes = Promise.allSettled(texts);
  await assert.rejects(Promise.race(texts), { code: "speech_busy" });
  assert.equal(t.asked.length, 2);
  for (let i = 0; i < 66; i++) {
    await t.reached(i + 1);
    t.asked[i].give(SOUND);
  }
  const made = (await outcomes).filter(({ status }) => status === "fulfilled");
  assert.equal(made.length, 66);
});

Deno.test("Speaker gives up what takes too long, also what has not begun", async () => {
  await using t = await speaking();
  const texts = ["a", "b", "c"].map((text) => t.say(text));
  const outcomes = Promise.allSettled(texts);
  await t.reached(2);
  await t.limited(3);
  for (const run of [...t.timers]) run();
  assert.ok(t.asked.every(({ signal }) => signal.aborted));
  for (const { fail } of t.asked) fail(new Error("killed"));
  for (const outcome of await outcomes) {
    assert.equal(outcome.status, "rejected");
    assert.equal(outcome.status === "rejected" && outcome.reason.code, "deadline_exceeded");
  }
  const again = t.say("d");
  await t.reached(3);
  t.asked[2].give(SOUND);
  await again;
});

Deno.test("Speaker keeps transient texts off the disk and texts out of the log", async () => {
  await using t = await speaking();
  const one = t.say("Ms Nightingale, 4711", { transient: true });
  await t.reached(1);
  t.asked[0].give(SOUND);
  await one;
  assert.deepEqual([...Deno.readDirSync(t.folder)], []);
  const two = t.say("Welcome");
  await t.reached(2);
  t.asked[1].give(SOUND);
  await two;
  const files = [...Deno.readDirSync(t.folder)];
  assert.equal(files.length, 1);
  assert.match(files[0].name, /^[0-9a-f]{64}$/);
  assert.equal((await Deno.readFile(`${t.folder}/${files[0].name}`)).length, 32 + 3);
  assert.ok(!t.lines.join().includes("Nightingale"));
});

Deno.test("Speaker says with a stable code that no engine is installed", async () => {
  await using t = await speaking({ installed: false });
  await assert.rejects(t.say("Hello"), { code: "speech_unavailable" });
});

Deno.test("Speaker passes on why a text failed, and tries it again the next time", async () => {
  await using t = await speaking();
  const first = t.say("Hello");
  await t.reached(1);
  t.asked[0].fail(new Error("broken"));
  await assert.rejects(first, { message: "broken" });
  const second = t.say("Hello");
  await t.reached(2);
  t.asked[1].give(SOUND);
  assert.equal((await second).length, 3);
});
