import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";
import { signAccessToken } from "../../protocol/access_token/sign_access_token.ts";
import { SAMPLE } from "../configuration/sample_configuration.ts";
import { FAKE_FIGURES } from "../testing/fake_media.ts";
import { FakePopMedia } from "../testing/fake_pop_media.ts";
import { PopBench } from "../testing/pop_bench.ts";
import { sipp, SIPP_MISSING, type SippOptions } from "../testing/sipp.ts";
import * as scenarios from "../testing/sipp_scenarios.ts";
import { Watched } from "../testing/watched.ts";
import { readPopEnvironment } from "./pop_environment.ts";
import { startPop } from "./start_pop.ts";

const ignore = SIPP_MISSING;
const why = ignore ? " (skipped: sipp is not installed)" : "";
const hangUp = { type: "hang-up", cause: "flow-hung-up", sipStatus: null } as const;

async function running(change?: (configuration: PopConfiguration) => PopConfiguration) {
  const bench = await PopBench.open(change);
  const media = new FakePopMedia();
  const lines = new Watched<Record<string, unknown>>();
  const log = createLogger({ service: "test", write: (line) => lines.push(JSON.parse(line)) });
  const environment = readPopEnvironment(bench.environment());
  const pop = await startPop(environment, () => Promise.resolve(media), log);
  const [udp, tcp] = pop.sip.map((listener) => Number(listener.split(":").at(-1)));
  const call = (scenario: string, options: Partial<SippOptions> = {}) =>
    sipp(scenario, {
      port: options.transport === "tcp" ? tcp : udp,
      source: "127.0.1.1",
      to: "+4969900100",
      ...options,
    });
  const metrics = async () => await (await fetch(`http://127.0.0.1:${pop.port}/metrics`)).text();
  return {
    ...{ bench, media, lines, pop, call, metrics, cell: bench.cell, udp },
    async [Symbol.asyncDispose]() {
      await pop.stop();
      await bench.close();
    },
  };
}

for (const transport of ["udp", "tcp"] as const) {
  Deno.test(
    { name: `a call over ${transport} rings, is answered and ended${why}`, ignore },
    async () => {
      await using t = await running();
      const run = t.call(scenarios.callerHangsUp(300), { transport });
      const offered = await t.cell.event("call.offered");
      assert.equal(offered.tenantId, SAMPLE.tenant);
      assert.equal(offered.event.trunkId, SAMPLE.carrierTrunk);
      assert.equal(offered.event.to, "+4969900100");
      assert.equal(offered.event.from, "+4915100000");
      assert.equal(offered.event.transport, `sip-${transport}`);
      assert.equal((await t.cell.command(offered, { type: "answer" })).ok, true);
      const answered = await t.cell.event("call.answered");
      assert.equal(answered.event.codec, "PCMA");
      const ended = await t.cell.event("call.ended");
      assert.deepEqual([ended.event.cause, ended.event.media], ["caller-hung-up", FAKE_FIGURES]);
      const { success, output } = await run;
      assert.ok(success, output);
      assert.deepEqual(t.cell.events.map((event) => event.seq), [1, 2, 3]);
    },
  );
}

Deno.test({ name: `the platform hangs up with a Reason${why}`, ignore }, async () => {
  await using t = await running();
  const run = t.call(scenarios.platformHangsUp());
  const offered = await t.cell.event("call.offered");
  await t.cell.command(offered, { type: "answer" });
  await t.cell.event("call.answered");
  await t.cell.command(offered, hangUp);
  const { success, output, messages } = await run;
  assert.ok(success, output);
  assert.match(messages, /Reason: Q\.850;cause=16;text="flow-hung-up"/);
});

Deno.test({ name: `a caller who gives up while ringing is reported${why}`, ignore }, async () => {
  await using t = await running();
  const { success, output } = await t.call(scenarios.cancels(100));
  assert.ok(success, output);
  assert.equal((await t.cell.event("call.ended")).event.cause, "caller-cancelled");
});

Deno.test(
  { name: `the cell's refusal of a ringing call keeps its status${why}`, ignore },
  async () => {
    await using t = await running();
    const run = t.call(scenarios.refused(486));
    const offered = await t.cell.event("call.offered");
    await t.cell.command(offered, { type: "hang-up", cause: "rejected", sipStatus: 486 });
    const { success, output } = await run;
    assert.ok(success, output);
  },
);

Deno.test(
  { name: `calls that may not come in are refused and counted${why}`, ignore },
  async () => {
    await using t = await running();
    const cases: [string, number, Partial<SippOptions>, string?][] = [
      ["unknown_source", 403, { source: "127.0.3.3" }],
      ["unknown_number", 404, { to: "+4969900199" }],
      ["tenant_suspended", 403, { to: "+4969900200" }],
      ["other_tenant", 404, { source: "127.0.2.1", to: "+12125550100" }],
      ["no_common_codec", 488, {}, "9"],
    ];
    for (const [reason, status, options, payloads] of cases) {
      const { success, output, messages } = await t.call(
        scenarios.refused(status, payloads),
        options,
      );
      assert.ok(success, `${reason}: ${output}`);
      assert.match(messages, /Reason: Q\.850/, reason);
      const line = await t.lines.first((facts) => facts.reason === reason, `a line on ${reason}`);
      assert.equal(line.event, "call.refused");
    }
    const text = await t.metrics();
    for (const [reason] of cases) {
      assert.ok(text.includes(`antiphon_calls_refused_total{reason="${reason}"} 1\n`), reason);
    }
    assert.equal(t.cell.events.length, 0);
  },
);

Deno.test(
  { name: `a full trunk gets 503 and Retry-After until a call ends${why}`, ignore },
  async () => {
    await using t = await running((configuration) => ({
      ...configuration,
      trunks: configuration.trunks.map((trunk) => ({ ...trunk, maxCalls: 1 })),
    }));
    const first = t.call(scenarios.platformHangsUp());
    const offered = await t.cell.event("call.offered");
    await t.cell.command(offered, { type: "answer" });
    const second = await t.call(scenarios.refused(503));
    assert.ok(second.success, second.output);
    assert.match(second.messages, /Retry-After: 5/);
    await t.cell.command(offered, hangUp);
    assert.ok((await first).success);
    const third = t.call(scenarios.cancels(10));
    assert.ok((await third).success);
  },
);

Deno.test(
  { name: `hold, resume and an impossible offer are answered within a call${why}`, ignore },
  async () => {
    await using t = await running();
    const run = t.call(scenarios.holds());
    const offered = await t.cell.event("call.offered");
    t.media.legs.length = 0;
    await t.cell.command(offered, { type: "answer" });
    const leg = t.media.legs[0];
    leg.renegotiate = (offer) =>
      offer?.includes("AVP 9")
        ? null
        : { answer: leg.description, held: offer!.includes("sendonly") };
    const { success, output } = await run;
    assert.ok(success, output);
  },
);

Deno.test({
  name: `a call rings on while its cell is away and is served when it is back${why}`,
  ignore,
}, async () => {
  await using t = await running();
  await t.cell.frame("hello");
  t.cell.active = false;
  t.cell.drop();
  const run = t.call(scenarios.callerHangsUp(50));
  await t.lines.first((line) => line.event === "call.offered", "the call");
  t.cell.active = true;
  const offered = await t.cell.event("call.offered");
  await t.cell.command(offered, { type: "answer" });
  const { success, output } = await run;
  assert.ok(success, output);
});

Deno.test({
  name: `an answered call goes on without its cell and is reported to the next${why}`,
  ignore,
}, async () => {
  await using t = await running();
  const run = t.call(scenarios.platformHangsUp());
  const offered = await t.cell.event("call.offered");
  await t.cell.command(offered, { type: "answer" });
  await t.cell.event("call.answered");
  const before = t.cell.frames.items.length;
  t.cell.lastSeq = 2;
  t.cell.epoch = 2;
  t.cell.drop();
  const hello = await t.cell.frame("hello", () => true, before);
  assert.deepEqual(hello.liveCalls, [{ tenantId: offered.tenantId, callId: offered.callId }]);
  assert.equal((await t.cell.command(offered, hangUp, "late", 1)).code, "stale_epoch");
  assert.equal((await t.cell.command(offered, hangUp, "now")).ok, true);
  const { success, output } = await run;
  assert.ok(success, output);
  assert.equal((await t.cell.event("call.ended")).seq, 3);
});

Deno.test("malformed datagrams neither crash the PoP nor make calls", async () => {
  await using t = await running();
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.1.1", port: 0 });
  const to = { transport: "udp", hostname: "127.0.0.1", port: t.udp } as const;
  const texts = ["INVITE", "\0".repeat(900), "INVITE sip:x SIP/2.0\r\n\r\n"];
  const broken = `INVITE sip:+4969900100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.1.1:${
    (socket.addr as Deno.NetAddr).port
  };branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@c>\r\nCall-ID: x\r\nCSeq: x INVITE\r\n\r\n`;
  await t.cell.frame("hello");
  for (const text of [...texts, broken]) await socket.send(new TextEncoder().encode(text), to);
  const [answer] = await socket.receive();
  assert.match(new TextDecoder().decode(answer), /^SIP\/2\.0 400 /);
  socket.close();
  const health = await (await fetch(`http://127.0.0.1:${t.pop.port}/health`)).json();
  assert.deepEqual([health.status, health.calls, health.clusters.E39], ["ok", 0, true]);
});

Deno.test(
  { name: `a softphone registers, is joined to a call and hears of its end${why}`, ignore },
  async () => {
    await using t = await running();
    const exp = Math.floor(Date.now() / 1000) + 60;
    const claims = { sub: "anna", tenant: SAMPLE.tenant, roles: ["agent" as const], exp };
    const accessToken = await signAccessToken(t.bench.cellKey, claims);
    const socket = new WebSocket(`ws://127.0.0.1:${t.pop.port}/softphone`);
    const answers = new Watched<Record<string, unknown>>();
    socket.onmessage = ({ data }) => answers.push(JSON.parse(data));
    socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: "hello", accessToken }));
    const closed = new Promise((resolve) => socket.onclose = resolve);
    await answers.first((answer) => answer.id === 1 && answer.ok === true, "the answer to hello");
    await t.cell.frame("softphone", (frame) => frame.connected && frame.agentId === "anna");
    const run = t.call(scenarios.platformHangsUp());
    const offered = await t.cell.event("call.offered");
    await t.cell.command(offered, { type: "answer" });
    await t.cell.event("call.answered");
    const legId = "018f0000-0000-7000-8000-00000000000b";
    await t.cell.command(offered, { type: "join", legId, agentId: "anna" });
    assert.equal((await t.cell.event("leg.joined")).event.codec, "PCMU");
    await answers.first((answer) => answer.event === "leg-joined", "leg-joined");
    await t.cell.command(offered, hangUp);
    await answers.first((answer) => answer.event === "leg-left", "leg-left");
    assert.equal((await t.cell.event("leg.ended")).event.cause, "flow-hung-up");
    assert.ok((await run).success);
    socket.close();
    await closed;
    await t.cell.frame("softphone", (frame) => !frame.connected);
  },
);

Deno.test("a softphone of a token signed elsewhere is refused", async () => {
  await using t = await running();
  const exp = Math.floor(Date.now() / 1000) + 60;
  const claims = { sub: "anna", tenant: SAMPLE.other, roles: ["agent" as const], exp };
  const accessToken = await signAccessToken(t.bench.cellKey, claims);
  const socket = new WebSocket(`ws://127.0.0.1:${t.pop.port}/softphone`);
  socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: "hello", accessToken }));
  const code = await new Promise((resolve) => socket.onclose = (event) => resolve(event.code));
  assert.equal(code, 4401);
});

Deno.test(
  { name: `a PoP told to stop hangs up what is left and reports it${why}`, ignore },
  async () => {
    await using t = await running();
    const run = t.call(scenarios.platformHangsUp());
    const offered = await t.cell.event("call.offered");
    await t.cell.command(offered, { type: "answer" });
    await t.cell.event("call.answered");
    await t.pop.stop();
    assert.equal((await t.cell.event("call.ended")).event.cause, "platform-hung-up");
    const { success, output, messages } = await run;
    assert.ok(success, output);
    assert.match(messages, /Reason: Q\.850;cause=41;text="platform-hung-up"/);
    assert.equal(t.media.closed, true);
  },
);
