import assert from "node:assert/strict";
import { writeToneALaw } from "../audio/a_law.ts";
import { readTone } from "../audio/tone.ts";
import { AgentBrowser } from "../peers/agent_browser.ts";
import { sipp } from "../peers/sipp.ts";
import { until } from "../peers/until.ts";
import { abandonedCall } from "../story/abandoned_call.ts";
import { conversation } from "../story/conversation.ts";
import { callIntoQueue, inboundCall, recordOf } from "../story/inbound_call.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { agent, caller, interactions, rtpPackets } from "../story/stage.ts";
import { udpOwners } from "../story/udp_owners.ts";
import { unansweredOffer } from "../story/unanswered_offer.ts";

let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({ offerSeconds: 6 });
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

Deno.test("a caller reaches an agent through the queue, and both hear each other", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  const report = await inboundCall(stage, phone, desktop, { digit: "1", hangUp: "agent" });

  assert.ok(report.promptRms > 0.01, "a prompt is heard");
  assert.ok(report.musicRms > 0.005, "music is heard while waiting");
  assert.equal(report.digit, "1");
  assert.equal(report.queue, "sales");
  assert.equal(report.offer.contact.replaceAll(" ", ""), "+4930123456");
  assert.match(report.offer.queue, /Sales/);
  assert.match(report.offer.wait, /\d/);
  assert.ok(Math.abs(report.heard.atCaller.hz - 1000) <= 5, "the agent's tone at the caller");
  assert.ok(report.heard.atCaller.snrDb > 15, `${report.heard.atCaller.snrDb} dB`);
  assert.ok(Math.abs(report.heard.atAgent.hz - 440) <= 15, "the caller's tone at the agent");
  assert.ok(report.heard.atAgent.snrDb > 15, `${report.heard.atAgent.snrDb} dB`);

  const { record } = report;
  assert.equal(record.endCause, "agent-hung-up");
  assert.equal(record.wrapUpCode, "resolved");
  assert.deepEqual(
    record.legs.map((leg) => [leg.kind, leg.direction, leg.popId, leg.transport, leg.codec]),
    [["carrier", "ingress", "FRA", "sip-udp", "PCMU"], [
      "agent",
      "egress",
      "FRA",
      "webrtc",
      "PCMU",
    ]],
  );
  for (const leg of record.legs) {
    assert.ok(leg.startedAt <= leg.answeredAt! && leg.answeredAt! <= leg.endedAt!, leg.kind);
    assert.ok(leg.cause);
    assert.ok(leg.media!.packetsReceived > 100, `${leg.kind} received`);
    assert.ok(leg.media!.packetsSent > 100, `${leg.kind} sent`);
  }
});

Deno.test("a caller's hang-up ends the call and leaves the agent to wrap up", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  const report = await inboundCall(stage, phone, desktop, { digit: "2", hangUp: "caller" });
  assert.equal(report.queue, "support");
  assert.equal(report.record.endCause, "caller-hung-up");
});

Deno.test("an offer left ringing gives the caller the place back, and comes again", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  assert.deepEqual(await unansweredOffer(stage, phone, desktop), {
    requeued: true,
    samePlace: true,
    offeredAgainOnReturn: true,
  });
});

Deno.test("a caller who gives up takes the offer off the agent's screen", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  const report = await abandonedCall(stage, phone, desktop);
  assert.equal(report.endCause, "caller-hung-up");
  assert.equal(report.agentState, "available");
});

Deno.test("an agent who mutes is not heard, and is heard again after", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  await desktop.goAvailable();
  await callIntoQueue(stage, phone, "1");
  await desktop.offer();
  await desktop.at("accept").click();
  await conversation(phone, desktop, Date.now());
  const tone = async () => {
    const { rate, samples } = await phone.heard(0.5);
    return readTone(samples, rate);
  };
  await desktop.at("mute").click();
  await until("silence at the caller", async () => (await tone()).rms < 0.01);
  await desktop.at("mute").click();
  await until("the agent's tone again", async () => (await tone()).hz === 1000);
  await phone.hangUp();
  await desktop.wrapUp("resolved");
});

Deno.test("an agent who reloads the page in the middle of a call takes it up again", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  await desktop.goAvailable();
  const { id } = await callIntoQueue(stage, phone, "1");
  await desktop.offer();
  await desktop.at("accept").click();
  await conversation(phone, desktop, Date.now());
  await desktop.page.reload();
  await desktop.phoneIs("in-call");
  await conversation(phone, desktop, Date.now());
  await desktop.at("hang-up").click();
  await desktop.wrapUp("resolved");
  const record = await recordOf(stage, id);
  assert.deepEqual(record.legs.map((leg) => leg.cause), [
    "agent-hung-up",
    "agent-lost",
    "agent-hung-up",
  ]);
});

Deno.test("a SIPp caller in A-law is heard by the agent in mu-law", async () => {
  await using desktop = await agent(stage);
  await desktop.goAvailable();
  const speech = await Deno.makeTempFile({ suffix: ".al" });
  await writeToneALaw(speech, 620, 30);
  const call = sipp({
    to: stage.loopbackSip,
    number: stage.number,
    localAddress: "127.0.0.1",
    speech,
    digit: { digit: "2", afterMs: 600 },
  });
  await desktop.offer();
  await desktop.at("accept").click();
  await until("the caller's 620 Hz at the agent", async () => {
    const { hz, snrDb } = await desktop.heard();
    return Math.abs(hz - 620) < 15 && snrDb > 15;
  });
  await desktop.at("hang-up").click();
  await desktop.wrapUp("resolved");
  const result = await call;
  await Deno.remove(speech);
  assert.equal(result.code, 0, result.errors);
});

Deno.test("an agent who refuses the microphone is told, and offered no calls", async () => {
  await using desktop = await AgentBrowser.start(stage.edgeUrl, false);
  const [anna] = stage.agents;
  await desktop.signIn(stage.tenant, anna.username, anna.password);
  await desktop.phoneIs("refused");
  await desktop.page.getByText("The browser does not allow the microphone").first().waitFor();
  await desktop.goAvailable();
  await using phone = await caller(stage);
  const { id } = await callIntoQueue(stage, phone, "1");
  const record = (await interactions(stage)).find((it) => it.id === id);
  assert.equal(record?.state, "queued");
});

Deno.test("audio touches the caller's PoP only", async () => {
  assert.ok(await rtpPackets(stage, "FRA") > 1000);
  assert.equal(await rtpPackets(stage, "NYC"), 0);
  assert.deepEqual(await udpOwners(stage.processes), ["pop-FRA", "pop-NYC"]);
});
