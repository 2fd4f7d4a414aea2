import assert from "node:assert/strict";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { VirtualClock } from "../clock/virtual_clock.ts";
import { goertzel } from "../g711/goertzel.ts";
import { tone } from "../g711/tone.ts";
import { Prompt } from "../prompts/prompt.ts";
import type { CarrierLegOptions } from "./carrier_leg.ts";
import { MediaEngine } from "./media_engine.ts";
import { FarEnd } from "./testing/far_end.ts";

function rig() {
  const clock = new VirtualClock(1000);
  const counters = new Counters();
  const log = createLogger({ service: "test", level: "error" });
  const engine = new MediaEngine({ rtpPorts: "ephemeral", counters, log, clock });
  const ends: FarEnd[] = [];
  const call = (options: Partial<CarrierLegOptions> = {}, codec: "PCMU" | "PCMA" = "PCMU") => {
    const far = new FarEnd(codec);
    ends.push(far);
    const leg = engine.createCarrierLeg({
      localAddress: "127.0.0.1",
      codec,
      ...options,
      remote: { address: "127.0.0.1", port: far.port, telephoneEvent: 101, ...options.remote },
    });
    far.target = { hostname: "127.0.0.1", port: leg.localPort };
    return { far, leg };
  };
  const close = () => {
    engine.close();
    for (const end of ends) end.close();
    assert.equal(clock.pending, 0);
  };
  const run = async (milliseconds: number) => {
    for (let at = 0; at < milliseconds; at += 20) {
      clock.advance(20);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, counters, engine, call, close, run };
}

const A440 = new Prompt("a440", tone({ frequencies: [440], duration: 400, amplitude: 10000 }));

Deno.test("a carrier leg hears a prompt whole, then silence, in one unbroken stream", async () => {
  const { run, call, close } = rig();
  const { far, leg } = call();
  const ended = leg.play(A440);
  await run(400);
  assert.deepEqual(await ended, { end: "completed" });
  await run(100);
  await far.heard(25);
  assert.ok(goertzel(far.samples(0, 20), 440) > 9500);
  assert.ok(goertzel(far.samples(20, 25), 440) < 50);
  far.assertUnbroken();
  assert.ok(far.packets[0].sequence < 0x8000 + 1);
  assert.ok(far.packets[0].marker && !far.packets[1].marker);
  close();
});

Deno.test("a bridge carries a tone between laws, both ways, under own SSRCs", async () => {
  const { run, counters, engine, call, close } = rig();
  const [a, b] = [call(), call({}, "PCMA")];
  engine.bridge(a.leg, b.leg);
  a.far.sequence = 65_530;
  for (let i = 0; i < 25; i++) {
    a.far.send(440);
    b.far.send(1000);
    await a.far.heard(i + 1);
    await b.far.heard(i + 1);
    await run(20);
  }
  assert.ok(goertzel(b.far.samples(0, 25), 440) > 7000);
  assert.ok(goertzel(a.far.samples(0, 25), 1000) > 7000);
  assert.deepEqual(new Set(b.far.packets.map((p) => p.payloadType)), new Set([8]));
  assert.deepEqual(new Set(a.far.packets.map((p) => p.payloadType)), new Set([0]));
  a.far.assertUnbroken();
  b.far.assertUnbroken();
  assert.notEqual(b.far.packets[0].ssrc, a.far.ssrc);
  assert.ok(b.far.packets[0].sequence < 0x8000);
  const stats = a.leg.stats();
  assert.deepEqual([stats.packetsIn, stats.packetsOut, stats.lost], [25, 25, 0]);
  engine.exportCounters();
  const labels = { direction: "in", leg: "carrier" };
  assert.equal(counters.get("antiphon_rtp_packets_total", labels), 50);
  close();
});

Deno.test("a digit is heard once and interrupts the prompt", async () => {
  const { run, call, close } = rig();
  const { far, leg } = call();
  const digits: string[] = [];
  const heard = Promise.withResolvers<void>();
  leg.onDigit((d) => digits.push(d));
  leg.onDigitEnded((d, ms) => {
    digits.push(`${d}/${ms}`);
    heard.resolve();
  });
  const ended = leg.play(A440, { loop: true, interruptOnDigit: true });
  await run(100);
  far.sendDigit(5, 100);
  await heard.promise;
  assert.deepEqual(await ended, { end: "interrupted", by: "digit" });
  assert.deepEqual(digits, ["5", "5/100"]);
  assert.equal(leg.playing, undefined);
  close();
});

Deno.test("sendDigits() sends RFC 4733 events and pauses the audio meanwhile", async () => {
  const { run, call, close } = rig();
  const { far, leg } = call();
  await run(40);
  assert.ok(leg.sendDigits("1#", { duration: 100 }));
  await run(600);
  await far.heard(32);
  const events = far.packets.filter((p) => p.payloadType === 101);
  assert.deepEqual(
    Map.groupBy(events, (p) => p.timestamp).values().map((g) => g.length).toArray(),
    [
      7,
      7,
    ],
  );
  assert.deepEqual([events[0].payload[0], events[7].payload[0]], [1, 11]);
  far.assertSequences();
  leg.setRemote({ address: "127.0.0.1", port: far.port, telephoneEvent: null });
  assert.equal(leg.sendDigits("1"), false);
  close();
});

Deno.test("a bridge passes telephone events on under the other leg's payload type", async () => {
  const { engine, call, close } = rig();
  const [a, b] = [call(), call({ remote: { address: "127.0.0.1", port: 9, telephoneEvent: 97 } })];
  b.leg.setRemote({ address: "127.0.0.1", port: b.far.port });
  engine.bridge(a.leg, b.leg);
  a.far.send(440);
  a.far.sendDigit(7, 60);
  a.far.send(440);
  await b.far.heard(7);
  assert.deepEqual(b.far.packets.map((p) => p.payloadType), [0, 97, 97, 97, 97, 97, 0]);
  b.far.assertSequences();
  close();
});

Deno.test("a leg listens to one source only", async () => {
  const { counters, engine, call, close } = rig();
  const { far, leg } = call({ latching: "any" });
  const stranger = new FarEnd("PCMU");
  stranger.target = far.target;
  const other = call();
  engine.bridge(leg, other.leg);
  far.send(440);
  await other.far.heard(1);
  stranger.send(1000);
  far.send(440);
  await other.far.heard(2);
  assert.equal(leg.stats().packetsIn, 2);
  engine.exportCounters();
  assert.equal(counters.get("antiphon_rtp_dropped_total", { reason: "source" }), 1);
  stranger.close();
  close();
});

Deno.test("parted legs hear their hold audio, and a silent peer is filled with silence", async () => {
  const { run, engine, call, close } = rig();
  const [a, b] = [call(), call()];
  engine.bridge(a.leg, b.leg);
  await run(400);
  await a.far.heard(11);
  assert.ok(goertzel(a.far.samples(0, 10), 440) < 10);
  a.leg.setHoldAudio(A440);
  engine.unbridge(a.leg);
  await run(400);
  await a.far.heard(31);
  assert.ok(goertzel(a.far.samples(11, 31), 440) > 9500);
  a.far.assertUnbroken();
  close();
});

Deno.test("mediaTimeout is told once for each silence, not while the far end is on hold", async () => {
  const { clock, call, close } = rig();
  const { far, leg } = call();
  let told = 0;
  leg.onMediaTimeout(() => told++);
  clock.advance(19_980);
  assert.equal(told, 0);
  clock.advance(40_000);
  assert.equal(told, 1);
  far.send(440);
  while (leg.stats().packetsIn === 0) await new Promise((r) => setImmediate(r));
  clock.advance(20_020);
  assert.equal(told, 2);
  leg.setRemote({ address: "127.0.0.1", port: far.port, direction: "sendonly" });
  clock.advance(60_000);
  assert.equal(told, 2);
  leg.setRemote({ address: "127.0.0.1", port: far.port, direction: "sendrecv" });
  clock.advance(20_020);
  assert.equal(told, 3, "a new description begins the wait again");
  close();
});

Deno.test("a closed leg frees its port, ends its prompt and parts its bridge", async () => {
  const { engine, call, close } = rig();
  const [a, b] = [call(), call()];
  engine.bridge(a.leg, b.leg);
  const ended = a.leg.play(A440);
  let closed = 0;
  a.leg.onClosed(() => closed++);
  a.leg.close();
  a.leg.close();
  assert.deepEqual(await ended, { end: "interrupted", by: "closed" });
  assert.equal(closed, 1);
  assert.equal(b.leg.peer, undefined);
  assert.equal(engine.legs, 1);
  assert.throws(() => engine.bridge(a.leg, b.leg), { code: "call_gone" });
  assert.throws(() => engine.bridge(b.leg, b.leg), { code: "state_not_allowed" });
  assert.throws(() => engine.createAgentLeg(), { code: "media_unavailable" });
  close();
});
