import assert from "node:assert/strict";
import { join } from "node:path";
import { compactDecrypt, exportJWK, generateKeyPair } from "jose";
import type { PromptItem } from "../protocol/pop_link/prompt_item.ts";
import { SealKey } from "../protocol/pop_link/seal_key.ts";
import { digestOf } from "./media/cache/digest_of.ts";
import { encodeSamples } from "./media/g711/encode_samples.ts";
import { goertzel } from "./media/g711/goertzel.ts";
import { MU_LAW } from "./media/g711/mu_law.ts";
import { tone } from "./media/g711/tone.ts";
import { EspeakEngine } from "./media/speech/espeak_engine.ts";
import { listeningCall } from "./testing/listening_call.ts";

const FRAME = 160;
const ALG = "ECDH-ES+A256KW";
type Call = Awaited<ReturnType<typeof listeningCall>>;

/** A tone that the tenant uploaded. */
async function uploaded({ cell }: Call, frequency: number, duration: number): Promise<PromptItem> {
  const samples = tone({ frequencies: [frequency], duration, amplitude: 9000 });
  const codes = encodeSamples(samples, MU_LAW) as Uint8Array<ArrayBuffer>;
  const hash = (await digestOf(codes)).toHex();
  cell.audio.set(hash, codes);
  return { type: "audio", hash };
}

const isLoud = (frame: Int16Array) => frame.some((sample) => Math.abs(sample) > 400);

/** The stretch from the first loud frame to the last. */
function loudPart(samples: Int16Array): { from: number; to: number } {
  let [from, to] = [-1, -1];
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    if (!isLoud(samples.subarray(at, at + FRAME))) continue;
    if (from < 0) from = at;
    to = at + FRAME;
  }
  return { from, to };
}

const collect = {
  ...{ type: "collect", items: [], interruptible: true, seal: null, maxDigits: 8 } as const,
  ...{ firstDigitMs: 9000, interDigitMs: 5000, terminator: "#" } as const,
};

Deno.test("a caller hears uploaded audio in turn without a gap, and stops it with a digit", async () => {
  await using t = await listeningCall();
  const [low, high, long] = await Promise.all([
    uploaded(t, 600, 790),
    uploaded(t, 1000, 810),
    uploaded(t, 800, 9000),
  ]);
  await t.cell.command(t.offered, { type: "play", items: [low, high], loop: false });
  assert.equal((await t.cell.event("call.played")).event.outcome, "completed");
  const heard = await t.since(0);
  const { from, to } = loudPart(heard);
  assert.ok(Math.abs(to - from - 12_800) <= FRAME, `${to - from} samples`);
  for (let at = from; at < to; at += FRAME) assert.ok(isLoud(heard.subarray(at, at + FRAME)));
  assert.ok(goertzel(heard.subarray(from + 800, from + 4800), 600) > 8000);
  assert.ok(goertzel(heard.subarray(to - 4800, to - 800), 1000) > 8000);

  const before = t.heard;
  await t.cell.command(t.offered, { ...collect, items: [long] }, "stop-me");
  await t.since(before + 8000);
  const typedAt = t.heard;
  t.type("5#");
  const { event } = await t.cell.event("call.collected");
  assert.deepEqual([event.digits, event.outcome], ["5", "complete"]);
  const stopped = loudPart(await t.since(typedAt)).to;
  assert.ok(stopped > -2 && stopped <= 800, `${stopped / 8} ms`);
});

Deno.test("a missing file fails the play before anything is heard of it", async () => {
  await using t = await listeningCall();
  const items: PromptItem[] = [
    { type: "library", name: "beep" },
    { type: "audio", hash: "0".repeat(64) },
  ];
  await t.cell.command(t.offered, { type: "play", items, loop: false });
  const { event } = await t.cell.event("call.played");
  assert.deepEqual([event.outcome, event.code], ["failed", "prompt_unavailable"]);
  assert.equal(loudPart(await t.since(0)).from, -1);
});

Deno.test({
  name: "a said text is heard with energy, at its length, and not clipped",
  ignore: await EspeakEngine.find() === null,
  async fn() {
    await using t = await listeningCall();
    const text = "Guten Tag. Sie sind in der Warteschlange auf Platz drei.";
    const say = { type: "say", text, language: "de-DE", voice: null, transient: true } as const;
    await t.cell.command(t.offered, { type: "play", items: [say], loop: false });
    assert.equal((await t.cell.event("call.played")).event.outcome, "completed");
    const heard = await t.since(0);
    const { from, to } = loudPart(heard);
    const seconds = (to - from) / 8000;
    assert.ok(seconds > 2 && seconds < 7, `${seconds} s`);
    const spoken = heard.subarray(from, to);
    const rms = Math.sqrt(spoken.reduce((sum, it) => sum + it * it, 0) / spoken.length);
    assert.ok(rms > 1000, `${rms}`);
    assert.ok(spoken.every((sample) => Math.abs(sample) < 32_000), "not clipped");
  },
});

Deno.test("digits under a key are in no event, log, metric or file", async () => {
  const { publicKey, privateKey } = await generateKeyPair(ALG, { extractable: true });
  const seal = SealKey.parse({ keyId: "tenant:1", jwk: await exportJWK(publicKey) });
  const secret = "90817263";
  await using t = await listeningCall();
  await t.cell.command(t.offered, { ...collect, seal });
  t.type(secret);
  const { event } = await t.cell.event("call.collected");
  assert.deepEqual([event.digits, event.outcome], [null, "complete"]);
  const { plaintext } = await compactDecrypt(event.sealed!, privateKey);
  assert.equal(new TextDecoder().decode(plaintext), secret);
  const metrics = await (await fetch(`http://127.0.0.1:${t.ports.port}/metrics`)).text();
  const files: string[] = [];
  const look = (folder: string) => {
    for (const entry of Deno.readDirSync(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) look(path);
      else files.push(new TextDecoder("latin1").decode(Deno.readFileSync(path)));
    }
  };
  look(t.bench.folder);
  const told = JSON.stringify([t.cell.frames.items, t.pop.lines.items, metrics, files]);
  assert.ok(told.includes("call.collected"), "what is searched is there");
  assert.ok(!told.includes(secret));
});
