import assert from "node:assert/strict";
import { join } from "node:path";
import { uuidV7 } from "../protocol/ids/uuid_v7.ts";
import { serviceTokenSigner } from "../protocol/service_token/service_token_signer.ts";
import { SAMPLE } from "./configuration/sample_configuration.ts";
import { decodeSamples } from "./media/g711/decode_samples.ts";
import { goertzel } from "./media/g711/goertzel.ts";
import { MU_LAW } from "./media/g711/mu_law.ts";
import { loadSoundLibrary } from "./phone/load_sound_library.ts";
import { readPhoneOptions } from "./phone/phone_options.ts";
import { type PhoneLine, placeCall } from "./phone/place_call.ts";
import { takeCalls } from "./phone/take_calls.ts";
import { PopBench } from "./testing/pop_bench.ts";
import { PopProcess } from "./testing/pop_process.ts";
import { sipp, SIPP_MISSING } from "./testing/sipp.ts";
import { callerHangsUp } from "./testing/sipp_scenarios.ts";
import { Watched } from "./testing/watched.ts";

const sounds = await loadSoundLibrary();
/** Of today: what is too old is deleted at the start. */
const ID = uuidV7()();
const LEG = "018f0000-0000-7000-8000-00000000000b";
const hangUp = { type: "hang-up", cause: "flow-hung-up", sipStatus: null } as const;
const message = {
  type: "record-message",
  recordingId: ID,
  items: [],
  beep: true,
  maxSeconds: 30,
  silenceSeconds: null,
  terminator: "#",
} as const;
const record = (action: "start" | "pause" | "resume" | "stop") =>
  ({ type: "record", action, recordingId: ID }) as const;

/** A PoP in its own process, a carrier's other side at 1000 Hz, and a caller of 440 Hz. */
async function calling(...args: string[]) {
  const other = await takeCalls({
    ...{ local: "127.0.5.1", port: 0, transport: "udp", answer: 200, ring: 100, early: false },
    ...{ tone: 1000, digits: "", talk: 0 },
  }, () => {});
  const destinations = [{ host: "127.0.5.1", port: other.port, transport: "udp" as const }];
  const bench = await PopBench.open((configuration) => ({
    ...configuration,
    trunks: configuration.trunks.map((trunk) =>
      trunk.id === SAMPLE.carrierTrunk ? { ...trunk, destinations } : trunk
    ),
  }));
  const environment = bench.environment();
  const pops = [new PopProcess(environment)];
  let ports = await pops[0].ready();
  const lines = new Watched<PhoneLine>();
  const done = Promise.withResolvers<void>();
  const options = readPhoneOptions([
    ...["--to", "+4969900100", "--from", "+4915100000", "--local", "127.0.1.1"],
    ...["--sip", `127.0.0.1:${ports.udp}`, "--seconds", "40", ...args],
  ]);
  const summary = placeCall(options, {
    sounds,
    spoken: null,
    onLine: (line) => lines.push(line),
    hangUp: done.promise,
  });
  const { cell } = bench;
  const offered = await cell.event("call.offered");
  await cell.command(offered, { type: "answer" });
  await cell.event("call.answered");
  const sign = serviceTokenSigner(bench.cellKey);
  const ask = async (id = ID, init: RequestInit = {}, tenant: string = SAMPLE.tenant) => {
    const authorization = `Bearer ${await sign("pop:FRA")}`;
    return await fetch(`http://127.0.0.1:${ports.port}/recordings/${tenant}/${id}`, {
      ...init,
      headers: { authorization, ...init.headers },
    });
  };
  const heard = async (count: number) => {
    const from = lines.items.length;
    for (let i = from, left = count; left > 0; left--) {
      const line = await lines.first(({ event }) => event === "heard", "audio", i, 20_000);
      i = lines.items.indexOf(line) + 1;
    }
  };
  return {
    ...{ bench, cell, offered, summary, heard, ask, sign },
    hangUpPhone: () => done.resolve(),
    command: (command: Parameters<typeof cell.command>[1], id?: string) =>
      cell.command(offered, command, id),
    kill: async () => {
      await pops.at(-1)!.stop("SIGKILL");
      cell.lastSeq = 0;
      pops.push(new PopProcess(environment));
      ports = await pops.at(-1)!.ready();
    },
    /** Linear samples of a channel of the recording. */
    samples: async (channel: number, channels: number) => {
      const response = await ask();
      assert.equal(response.status, 200, response.ok ? "" : await response.text());
      const bytes = await response.bytes();
      assert.equal(new TextDecoder().decode(bytes.subarray(0, 4)), "RIFF");
      const data = bytes.subarray(58).filter((_, i) => i % channels === channel);
      return decodeSamples(data, MU_LAW);
    },
    async [Symbol.asyncDispose]() {
      done.resolve();
      await summary;
      assert.equal(await pops.at(-1)!.stop(), 0);
      await other.close();
      await bench.close();
    },
  };
}

/** How loud a tone is in each half second. */
function halves(samples: Int16Array, frequency: number): boolean[] {
  const count = Math.floor(samples.length / 4000);
  return Array.from(
    { length: count },
    (_, i) => goertzel(samples.subarray(i * 4000, (i + 1) * 4000), frequency) > 2000,
  );
}

Deno.test("a message a caller leaves is kept, also when they hang up in the middle", async () => {
  await using t = await calling();
  await t.command(message, "m");
  await t.cell.event("recording.changed");
  await t.heard(3);
  t.hangUpPhone();
  const { event } = await t.cell.event("call.recorded");
  assert.deepEqual([event.outcome, event.commandId, event.kind], ["hung-up", "m", "message"]);
  await t.cell.event("call.ended");
  const samples = await t.samples(0, 1);
  assert.ok(Math.abs(samples.length / 8000 - event.seconds) < 0.001);
  assert.ok(event.seconds > 1.8 && event.seconds < 6, `${event.seconds} s`);
  const loud = halves(samples, 440);
  assert.ok(loud.slice(1, -1).every(Boolean), "the caller's tone all along");
  assert.ok(!halves(samples, 1000).some(Boolean), "and no beep");
});

Deno.test("a message ends by its terminator, and one of silence is empty", async () => {
  await using t = await calling("--digits", "#", "--digits-after", "3000");
  await t.command(message);
  const { event } = await t.cell.event("call.recorded");
  assert.equal(event.outcome, "complete");
  const partly = await t.ask(ID, { headers: { range: "bytes=0-3" } });
  assert.equal(partly.status, 206);
  assert.equal(await partly.text(), "RIFF");
  assert.equal((await t.ask(ID, { method: "DELETE" })).status, 204);
  const told = await t.cell.frame(
    "event",
    ({ event }) => event.type === "recording.changed" && event.state === "deleted",
  );
  assert.equal(told.callId, t.offered.callId);
  assert.equal((await t.ask()).status, 404);
  assert.equal((await t.ask(ID, { method: "DELETE" })).status, 204);
});

Deno.test("a recording is for its tenant's cell only", async () => {
  await using t = await calling();
  const url = (await t.ask()).url;
  const plain = await fetch(url);
  assert.equal(plain.status, 401);
  assert.equal((await t.ask(ID, {}, LEG)).status, 403);
  assert.equal((await t.ask(LEG.replace("-7000-", "-4000-"))).status, 422);
  const authorization = `Bearer ${await t.sign("pop:OSL")}`;
  assert.equal((await fetch(url, { headers: { authorization } })).status, 401);
  assert.equal((await t.ask()).status, 404);
});

Deno.test("a call is recorded through music and the other side; its pause is silent", async () => {
  await using t = await calling();
  await t.command(record("start"), "r");
  await t.command({
    type: "play",
    items: [{ type: "library", name: "hold-music" }],
    loop: true,
  });
  await t.heard(1);
  await t.command({
    ...{ type: "dial", legId: LEG, number: "+4930555", callerId: null, ringSeconds: 20 },
  });
  await t.cell.event("leg.joined");
  await t.heard(2);
  await t.command(record("pause"));
  await t.heard(2);
  await t.command(record("resume"));
  await t.heard(3);
  await t.command(hangUp);
  const { event } = await t.cell.event("call.recorded");
  assert.deepEqual([event.outcome, event.commandId, event.kind], ["complete", "r", "call"]);
  const [left, right] = [await t.samples(0, 2), await t.samples(1, 2)];
  const [{ from, to }] = event.pauses;
  assert.ok(to - from > 1.4, "the pause and what it lingers");
  for (const samples of [left, right]) {
    const paused = samples.subarray(Math.ceil(from * 8000), Math.floor(to * 8000));
    assert.ok(paused.every((sample) => sample === 0));
  }
  const within = (at: number) => (at + 1) / 2 > from && at / 2 < to;
  const caller = halves(left, 440).map((loud, i) => within(i) || loud);
  assert.ok(caller.slice(2, -1).every(Boolean), "the caller left, but for the pause");
  assert.ok(!halves(left, 1000).some(Boolean));
  const other = halves(right, 1000);
  assert.ok(other.slice(Math.ceil(to * 2) + 1, -1).every(Boolean), "the other side right");
  assert.ok(other.filter(Boolean).length >= 5);
  assert.ok(!other[0], "music before");
  assert.ok(right.subarray(0, 8000).some((sample) => Math.abs(sample) > 500));
});

Deno.test("a PoP that is killed leaves a readable recording and tells of it when it is back", async () => {
  await using t = await calling();
  await t.command(record("start"), "r");
  await t.heard(5);
  await t.kill();
  const { event, callId } = await t.cell.event("call.recorded");
  assert.equal(callId, t.offered.callId);
  assert.deepEqual([event.outcome, event.commandId, event.recordingId], ["failed", "r", ID]);
  assert.ok(event.seconds >= 2 && Number.isInteger(event.seconds), `${event.seconds} s`);
  const left = await t.samples(0, 2);
  assert.equal(left.length, event.seconds * 8000);
  assert.ok(halves(left, 440).slice(1).every(Boolean));
  t.hangUpPhone();
});

Deno.test({
  name: `a message from a caller who sends no audio is empty${SIPP_MISSING ? " (no sipp)" : ""}`,
  ignore: SIPP_MISSING,
  fn: async () => {
    const bench = await PopBench.open();
    const pop = new PopProcess(bench.environment());
    const { udp: port } = await pop.ready();
    const run = sipp(callerHangsUp(4000), { port, source: "127.0.1.1", to: "+4969900100" });
    const offered = await bench.cell.event("call.offered");
    await bench.cell.command(offered, { type: "answer" });
    await bench.cell.event("call.answered");
    await bench.cell.command(offered, { ...message, silenceSeconds: 2 });
    const { event } = await bench.cell.event("call.recorded");
    assert.deepEqual([event.outcome, event.seconds], ["empty", 0]);
    const { success, output } = await run;
    assert.ok(success, output);
    assert.equal(await pop.stop(), 0);
    const kept = await Array.fromAsync(Deno.readDir(join(bench.folder, "state", "recordings")));
    assert.ok(kept.length <= 1);
    await bench.close();
  },
});
