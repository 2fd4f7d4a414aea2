import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { RecordingWanted } from "../calls/record_leg.ts";
import { SCRIPTED_CALL } from "../calls/call_script.ts";
import { VirtualClock } from "../media/clock/virtual_clock.ts";
import { FarEnd } from "../media/engine/testing/far_end.ts";
import { MediaEngine } from "../media/engine/media_engine.ts";
import { decodeSamples } from "../media/g711/decode_samples.ts";
import { goertzel } from "../media/g711/goertzel.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { tone } from "../media/g711/tone.ts";
import { Prompt } from "../media/prompts/prompt.ts";
import { FakeMediaLeg } from "../testing/fake_media.ts";
import { legRecorder } from "./leg_recorder.ts";
import { RecordingKeys } from "./recording_keys.ts";
import { RecordingStore } from "./recording_store.ts";

const ID = "018f0000-0000-7000-8000-0000000000e1";
const log = createLogger({ service: "test", write: () => {} });

/** A carrier's leg of the real engine on a clock turned by hand, and a recorder of it. */
async function bench(codec: "PCMU" | "PCMA" = "PCMU") {
  const folder = await Deno.makeTempDir();
  const clock = new VirtualClock();
  const first = 30_000 + 2 * Math.floor(Math.random() * 4000);
  const counters = new Counters();
  const rtpPorts = { first, last: first + 99 };
  const engine = new MediaEngine({ rtpPorts, counters, log, clock, mediaTimeout: 1e9 });
  const far = new FarEnd(codec);
  const leg = engine.createCarrierLeg({
    localAddress: "127.0.0.1",
    codec,
    remote: { address: "127.0.0.1", port: far.port, telephoneEvent: 101 },
  });
  far.target = { hostname: "127.0.0.1", port: leg.localPort };
  const keys = new RecordingKeys(`k:${"A".repeat(43)}`);
  const store = new RecordingStore({ folder, keys, mostBytes: 1e9, log });
  const record = legRecorder({ store, clock, log });
  const audio = Object.assign(new FakeMediaLeg({ digit() {}, timeout() {} }), { audio: leg });
  const ended: string[] = [];
  const start = (change: Partial<RecordingWanted> = {}) =>
    record(
      {
        call: SCRIPTED_CALL,
        ...{ recordingId: ID, commandId: "c", kind: "call", silenceMs: null },
        ...change,
      },
      audio,
      (outcome) => ended.push(outcome),
    );
  /** The far end says a tone, or nothing, for some 20 ms frames. */
  const say = async (frames: number, frequency: number | null) => {
    for (let i = 0; i < frames; i++) {
      const before = leg.stats().packetsIn;
      if (frequency === null) far.timestamp += 160;
      else {
        far.send(frequency);
        while (leg.stats().packetsIn === before) await turn();
      }
      clock.advance(20);
      if (i % 50 === 49) await turn();
    }
  };
  const samples = async (channel: number, channels = 2) => {
    const { length, stream } = await store.read(SCRIPTED_CALL.tenantId, ID);
    const data = (await new Response(stream(0, length)).bytes()).subarray(58);
    return decodeSamples(data.filter((_, i) => i % channels === channel), MU_LAW);
  };
  return {
    ...{ clock, leg, far, store, start, say, samples, ended },
    async [Symbol.asyncDispose]() {
      far.close();
      engine.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Lets sockets and files come to their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const level = (samples: Int16Array, from: number, to: number, frequency: number) =>
  goertzel(samples.subarray(from * 8000, to * 8000), frequency);

Deno.test("a call is recorded with the caller left and what they hear right", async () => {
  await using t = await bench("PCMA");
  const open = t.start();
  const prompt = new Prompt("p", tone({ frequencies: [1000], duration: 1000 }));
  void t.leg.play(prompt);
  await t.say(100, 440);
  const figures = await open.close("complete");
  assert.deepEqual(figures, { seconds: 2, empty: false, pauses: [] });
  const [left, right] = [await t.samples(0), await t.samples(1)];
  assert.equal(left.length, 16_000);
  assert.ok(level(left, 0.1, 1.9, 440) > 5000);
  assert.ok(level(left, 0.1, 1.9, 1000) < 50);
  assert.ok(level(right, 0.1, 0.9, 1000) > 5000);
  assert.ok(level(right, 0.1, 0.9, 440) < 50);
  assert.ok(level(right, 1.1, 1.9, 1000) < 50);
});

Deno.test("a pause is silent on both sides and lasts half a second beyond the resume", async () => {
  await using t = await bench();
  const open = t.start();
  await t.say(50, 440);
  open.gate(true, 500);
  await t.say(50, 440);
  open.gate(false, 500);
  await t.say(100, 440);
  const { pauses, seconds } = await open.close("complete");
  assert.deepEqual(pauses, [{ from: 1, to: 2.5 }]);
  assert.equal(seconds, 4);
  const left = await t.samples(0);
  assert.ok(level(left, 0.1, 0.9, 440) > 5000);
  assert.ok(left.subarray(8000, 20_000).every((sample) => sample === 0));
  assert.ok(level(left, 2.6, 3.9, 440) > 5000);
  const { entry } = await t.store.read(SCRIPTED_CALL.tenantId, ID);
  assert.deepEqual(entry.pauses, pauses);
});

Deno.test("a gate stays closed while a digit is still typed behind it", async () => {
  await using t = await bench();
  const open = t.start();
  await t.say(10, 440);
  open.gate(true, 500);
  open.gate(false, 500);
  await t.say(20, 440);
  const before = t.leg.stats().packetsIn;
  t.far.sendDigit(5, 100);
  while (t.leg.stats().packetsIn < before + 7) await turn();
  await t.say(50, 440);
  const { pauses } = await open.close("complete");
  assert.deepEqual(pauses, [{ from: 0.2, to: 1.1 }]);
});

Deno.test("a message holds the caller alone and ends by their silence", async () => {
  await using t = await bench();
  const open = t.start({ kind: "message", silenceMs: 2000 });
  void t.leg.play(new Prompt("p", tone({ frequencies: [1000], duration: 1000 })));
  await t.say(100, 440);
  assert.deepEqual(t.ended, []);
  await t.say(120, null);
  assert.deepEqual(t.ended, ["silence"]);
  const { seconds, empty } = await open.close("silence");
  assert.deepEqual([seconds, empty], [4.4, false]);
  const samples = await t.samples(0, 1);
  assert.equal(samples.length, 4.4 * 8000);
  assert.ok(level(samples, 0.1, 1.9, 440) > 5000);
  assert.ok(level(samples, 0.1, 1.9, 1000) < 50);
  assert.ok(samples.subarray(2.1 * 8000).every((sample) => sample === 0));
});

Deno.test("a message in which nobody spoke leaves nothing behind", async () => {
  await using t = await bench();
  const open = t.start({ kind: "message", silenceMs: 2000 });
  await t.say(110, null);
  assert.deepEqual(t.ended, ["silence"]);
  assert.deepEqual(await open.close("silence"), { seconds: 0, empty: true, pauses: [] });
  assert.equal(t.store.bytes, 0);
  await assert.rejects(t.store.read(SCRIPTED_CALL.tenantId, ID), { code: "not_found" });
});

Deno.test("a PoP without keys records nothing", () => {
  const record = legRecorder({ store: null, clock: new VirtualClock(), log });
  const leg = new FakeMediaLeg({ digit() {}, timeout() {} });
  const wanted = { commandId: "c", kind: "call" as const, silenceMs: null };
  assert.throws(
    () => record({ call: SCRIPTED_CALL, recordingId: ID, ...wanted }, leg, assert.fail),
    { code: "unavailable" },
  );
});
