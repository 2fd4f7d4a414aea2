import assert from "node:assert/strict";
import { EspeakEngine } from "./espeak_engine.ts";

const engine = await EspeakEngine.find();
const ignore = engine === null;
const never = new AbortController().signal;

Deno.test({
  name: "EspeakEngine speaks with energy, at a speaking pace, without clipping",
  ignore,
  async fn() {
    const sentences = {
      en: "Welcome to Aurora. Please hold the line, you are number three in the queue.",
      de: "Willkommen bei Aurora. Bitte warten Sie, Sie sind an dritter Stelle.",
      fr: "Bienvenue chez Aurora. Veuillez patienter, vous êtes en troisième position.",
      "pt-BR": "Bem-vindo à Aurora. Aguarde, você é o terceiro da fila.",
    };
    for (const [language, text] of Object.entries(sentences)) {
      const samples = await engine!.synthesize(text, language, null, never);
      const seconds = samples.length / 8000;
      assert.ok(
        seconds > text.length / 30 && seconds < text.length / 8,
        `${language}: ${seconds} s`,
      );
      const peak = samples.reduce((top, sample) => Math.max(top, Math.abs(sample)), 0);
      assert.ok(peak > 8000 && peak < 32767, `${language}: peak ${peak}`);
      const rms = Math.sqrt(samples.reduce((sum, it) => sum + it * it, 0) / samples.length);
      assert.ok(rms > 1000, `${language}: ${rms}`);
    }
  },
});

Deno.test({
  name: "EspeakEngine reads brackets and markup as text, and has other voices",
  ignore,
  async fn() {
    const plain = await engine!.synthesize("[[h@'loU]] <break/>", "en", null, never);
    assert.ok(plain.length > 8000);
    const [one, two] = await Promise.all(
      [null, "f3"].map((voice) => engine!.synthesize("Good morning", "en-US", voice, never)),
    );
    assert.notDeepEqual(one, two);
  },
});

Deno.test({
  name: "EspeakEngine refuses a language nobody speaks here and ends when told to",
  ignore,
  async fn() {
    const code = "speech_unavailable";
    await assert.rejects(engine!.synthesize("Hello", "xx", null, never), { code });
    await assert.rejects(engine!.synthesize("Hello", "en", null, AbortSignal.abort()), { code });
    const stop = new AbortController();
    const long = engine!.synthesize("On and on. ".repeat(180), "en", null, stop.signal);
    stop.abort();
    await assert.rejects(long, { code });
  },
});

Deno.test("EspeakEngine.find() is null where the program is not, or is another", async () => {
  assert.equal(await EspeakEngine.find("/nowhere/espeak-ng"), null);
  assert.equal(await EspeakEngine.find("true"), null);
  assert.equal(await EspeakEngine.find("false"), null);
});
