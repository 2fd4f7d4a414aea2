import assert from "node:assert/strict";
import { Prompt } from "../media/prompts/prompt.ts";
import { ringbackTone } from "../media/prompts/ringback_tone.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { MediaEngine } from "../media/engine/media_engine.ts";
import { SoftphoneAudio } from "./softphone_audio.ts";

const value = Array(32).fill("AB").join(":");
const dtls = { role: "client" as const, fingerprints: [{ algorithm: "sha-256", value }] };
const microphone = {
  codecs: [{ mimeType: "audio/PCMU", payloadType: 0, clockRate: 8000 }],
  encodings: [{ ssrc: 1234 }],
};

function softphone() {
  const engine = new MediaEngine({
    rtpPorts: "ephemeral",
    webrtc: { listen: { hostname: "127.0.0.1", port: 0 } },
    counters: new Counters(),
    log: createLogger({ service: "test", write: () => {} }),
  });
  const lost: string[] = [];
  const media = new SoftphoneAudio(engine, {
    transportLost: (id) => lost.push(id),
    silent: () => lost.push("silent"),
  }, new Prompt("ringback-eu", ringbackTone("eu")));
  return { engine, media, lost, [Symbol.dispose]: () => engine.close() };
}

Deno.test("SoftphoneAudio speaks mediasoup's steps with UUIDs on the wire", () => {
  using t = softphone();
  const send = t.media.createTransport("send") as { id: string; iceParameters: unknown };
  const recv = t.media.createTransport("recv") as { id: string };
  Uuid.parse(send.id);
  assert.ok(send.iceParameters);
  t.media.connectTransport(send.id, dtls);
  const { id } = t.media.produce(send.id, microphone);
  Uuid.parse(id);
  t.media.setPaused(id, true);
  const consumer = t.media.consume(recv.id, {}) as { rtpParameters: { codecs: unknown[] } };
  assert.equal(consumer.rtpParameters.codecs.length, 1);
  assert.throws(() => t.media.produce(recv.id, microphone), { code: "state_not_allowed" });
  assert.throws(() => t.media.sendDigits("1"), { code: "state_not_allowed" });
});

Deno.test("SoftphoneAudio knows only its own ids", () => {
  using t = softphone();
  using other = softphone();
  const { id } = other.media.createTransport("send") as { id: string };
  const unknown = { code: "unknown_entity" };
  assert.throws(() => t.media.connectTransport(id, dtls), unknown);
  assert.throws(() => t.media.produce(id, microphone), unknown);
  assert.throws(() => t.media.consume(id, {}), unknown);
  assert.throws(() => t.media.setPaused(id, true), unknown);
});

Deno.test("SoftphoneAudio does not report a transport it replaced", () => {
  using t = softphone();
  t.media.createTransport("send");
  t.media.createTransport("send");
  t.media.close();
  assert.deepEqual(t.lost, []);
});

Deno.test("SoftphoneAudio gives a leg its own figures, also after it was closed", async () => {
  using t = softphone();
  const leg = t.media.openLeg();
  assert.equal(leg.codec, "PCMU");
  const carrier = t.engine.createCarrierLeg({ localAddress: "127.0.0.1" });
  t.engine.bridge(carrier, leg.audio as typeof carrier);
  t.media.close();
  assert.deepEqual(await leg.close(), {
    packetsReceived: 0,
    packetsSent: 0,
    packetsLost: 0,
    jitterMs: 0,
  });
  assert.equal(carrier.peer, undefined);
});
