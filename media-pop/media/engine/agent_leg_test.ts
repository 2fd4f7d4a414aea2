import assert from "node:assert/strict";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { VirtualClock } from "../clock/virtual_clock.ts";
import { readRtcp } from "../rtp/read_rtcp.ts";
import { writeRtpHeader } from "../rtp/write_rtp_header.ts";
import { BrowserPeer } from "../webrtc/testing/browser_peer.ts";
import type { AgentLeg, TransportEvent } from "./agent_leg.ts";
import { MediaEngine } from "./media_engine.ts";
import { FarEnd } from "./testing/far_end.ts";

const SSRC = 0x1234;
const PRODUCE = {
  kind: "audio",
  rtpParameters: {
    codecs: [{ mimeType: "audio/PCMU", payloadType: 0, clockRate: 8000 }],
    headerExtensions: [],
    encodings: [{ ssrc: SSRC, dtx: false }],
  },
};

function rig() {
  const clock = new VirtualClock(5000);
  const counters = new Counters();
  const log = createLogger({ service: "test", level: "error" });
  const webrtc = { listen: { hostname: "127.0.0.1", port: 0 } };
  const engine = new MediaEngine({ rtpPorts: "ephemeral", webrtc, counters, log, clock });
  const agent = engine.createAgentLeg();
  const events: TransportEvent[] = [];
  agent.onTransport((event) => events.push(event));
  return { clock, counters, engine, agent, events };
}

async function connect(agent: AgentLeg, direction: "send" | "recv") {
  const parameters = agent.createTransport(direction);
  const peer = new BrowserPeer(parameters);
  agent.connectTransport(parameters.id, peer.dtlsParameters);
  await peer.connect();
  return { id: parameters.id, peer };
}

function audio(sequence: number): Uint8Array {
  const packet = new Uint8Array(172).fill(0x55);
  writeRtpHeader(packet, false, 0, sequence, sequence * 160, SSRC);
  return packet;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

Deno.test("an agent's transports connect and carry audio both ways, with reports", async () => {
  const { clock, engine, agent, events } = rig();
  const send = await connect(agent, "send");
  const recv = await connect(agent, "recv");
  assert.deepEqual(events.map((e) => `${e.direction} ${e.state}`), [
    "send connected",
    "recv connected",
  ]);
  const producer = agent.produce(send.id, PRODUCE);
  const { rtpParameters } = agent.consume(recv.id);
  const far = new FarEnd("PCMU");
  const remote = { address: "127.0.0.1", port: far.port };
  const carrier = engine.createCarrierLeg({ localAddress: "127.0.0.1", remote });
  far.target = { hostname: "127.0.0.1", port: carrier.localPort };
  engine.bridge(carrier, agent);

  const heard: Uint8Array[] = [];
  recv.peer.onPacket = (packet) => heard.push(packet);
  far.send(440);
  await until(() => heard.length === 1);
  const ssrc = new DataView(heard[0].buffer).getUint32(8);
  assert.equal(ssrc, rtpParameters.encodings[0].ssrc);
  assert.ok((heard[0][2] << 8 | heard[0][3]) < 0x8000);
  send.peer.send(audio(1));
  await far.heard(1);
  assert.deepEqual(far.packets[0].payload, audio(1).subarray(12));

  const reports: number[] = [];
  const hear = { senderReport: (s: number) => reports.push(s) };
  recv.peer.onPacket = (packet) => readRtcp(packet, packet.length, hear);
  const blocks: number[] = [];
  const hearBlocks = { reportBlock: (b: { source: number }) => blocks.push(b.source) };
  send.peer.onPacket = (packet) => readRtcp(packet, packet.length, hearBlocks);
  clock.advance(2000);
  await until(() => reports.length > 0 && blocks.length > 0);
  assert.deepEqual([reports[0], blocks[0]], [ssrc, SSRC]);

  agent.pauseProducer(producer.id, true);
  assert.ok(agent.muted);
  const before = agent.stats().packetsIn;
  send.peer.send(audio(2));
  agent.pauseProducer(producer.id, false);
  send.peer.send(audio(3));
  await until(() => agent.stats().packetsIn > before);
  for (const end of [far, send.peer, recv.peer, engine]) end.close();
  assert.equal(clock.pending, 0);
});

Deno.test("a transport is refused when the certificate is not the one signalled", async () => {
  const { engine, agent, events } = rig();
  const parameters = agent.createTransport("send");
  const [honest, thief] = [new BrowserPeer(parameters), new BrowserPeer(parameters)];
  agent.connectTransport(parameters.id, honest.dtlsParameters);
  await thief.check();
  thief.startDtls();
  await until(() => events.length > 0);
  assert.equal(events[0].state === "closed" && events[0].reason, "dtls_refused");
  for (const end of [honest, thief, engine]) end.close();
});

Deno.test("ICE checks need our password; wrong ones are refused, then ignored", async () => {
  const { clock, engine, agent } = rig();
  const parameters = agent.createTransport("send");
  const peer = new BrowserPeer(parameters);
  for (let i = 0; i < 10; i++) assert.equal(await peer.check("wrong"), 0x0111);
  peer.check("wrong");
  assert.equal(await peer.check(), 0x0101);
  assert.equal(peer.answers.length, 11);
  clock.advance(1000);
  assert.equal(await peer.check("wrong"), 0x0111);
  const fresh = agent.restartIce(parameters.id);
  assert.notEqual(fresh.password, parameters.iceParameters.password);
  assert.equal(await peer.check(), 0x0101);
  agent.restartIce(parameters.id);
  peer.check();
  for (const end of [peer, engine]) end.close();
});

Deno.test("transports end: never connected, consent lost, goodbye, replaced, closed", async () => {
  const { clock, engine, agent, events } = rig();
  const reasons = () => events.flatMap((e) => e.state === "closed" ? [e.reason] : []);
  agent.createTransport("send");
  clock.advance(29_000);
  assert.deepEqual(reasons(), []);
  clock.advance(1000);
  const { id, peer } = await connect(agent, "send");
  agent.produce(id, PRODUCE);
  clock.advance(29_000);
  await peer.check();
  clock.advance(29_000);
  assert.deepEqual(reasons(), ["never_connected"]);
  clock.advance(1000);
  assert.deepEqual(reasons(), ["never_connected", "consent_lost"]);
  assert.ok(agent.muted);
  const second = await connect(agent, "recv");
  agent.consume(second.id);
  assert.ok(agent.reachable);
  second.peer.sayGoodbye();
  await until(() => reasons().length === 3);
  assert.ok(!agent.reachable);
  agent.createTransport("recv");
  agent.createTransport("recv");
  agent.close();
  assert.deepEqual(reasons().slice(2), ["peer_closed", "closed", "closed"]);
  assert.throws(() => agent.createTransport("send"), { code: "call_gone" });
  for (const end of [peer, second.peer, engine]) end.close();
  assert.equal(clock.pending, 0);
});

Deno.test("an agent leg refuses requests that do not fit", () => {
  const { engine, agent } = rig();
  const { id } = agent.createTransport("recv");
  assert.throws(() => agent.produce(id, PRODUCE), { code: "state_not_allowed" });
  assert.throws(() => agent.consume("nope"), { code: "unknown_entity" });
  assert.throws(() => agent.pauseProducer("nope", true), { code: "unknown_entity" });
  assert.throws(() => agent.connectTransport(id, { fingerprints: [] }), { name: "ZodError" });
  const { id: send } = agent.createTransport("send");
  assert.throws(() => agent.consume(send), { code: "state_not_allowed" });
  const opus = structuredClone(PRODUCE);
  opus.rtpParameters.codecs[0].mimeType = "audio/opus";
  assert.throws(() => agent.produce(send, opus), { name: "ZodError" });
  engine.close();
});
