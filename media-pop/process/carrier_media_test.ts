import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { MediaEngine } from "../media/engine/media_engine.ts";
import { Prompt } from "../media/prompts/prompt.ts";
import { makeOffer } from "../sip/sdp/make_offer.ts";
import type { LocalAudio } from "../sip/sdp/local_audio.ts";
import { readSession } from "../sip/sdp/read_session.ts";
import { CarrierMedia } from "./carrier_media.ts";

const beep = new Prompt("beep", new Int16Array(160));
const remote: LocalAudio = { address: "127.0.0.1", port: 9, sessionId: "7", version: 1 };

function open(offer: string | undefined) {
  const engine = new MediaEngine({
    rtpPorts: "ephemeral",
    counters: new Counters(),
    log: createLogger({ service: "test", write: () => {} }),
  });
  const events = { digit: () => {}, timeout: () => {} };
  const make = () =>
    new CarrierMedia({
      engine,
      hostname: "127.0.0.1",
      advertised: "203.0.113.5",
      offer,
      events,
    });
  return { engine, make, [Symbol.dispose]: () => engine.close() };
}

function read(sdp: string) {
  const session = readSession(sdp);
  assert.ok(session.ok);
  return session.description.audio;
}

Deno.test("CarrierMedia answers an offer with its first law and its own port", () => {
  using t = open(makeOffer({ ...remote, codecs: ["PCMU", "PCMA"] }));
  const leg = t.make();
  const { address, port, codecs, telephoneEvent } = read(leg.description);
  assert.equal(leg.codec, "PCMU");
  assert.deepEqual(codecs, [{ codec: "PCMU", payloadType: 0 }]);
  assert.equal(address, "203.0.113.5");
  assert.equal(telephoneEvent, 101);
  assert.ok(port > 0);
});

Deno.test("CarrierMedia leaves no port open when the offer cannot be met", () => {
  const offer = makeOffer(remote).replace(/AVP .*/, "AVP 9");
  using t = open(offer);
  assert.throws(() => t.make(), { code: "media_unavailable" });
  assert.equal(t.engine.legs, 0);
});

Deno.test("CarrierMedia makes the offer when asked to, and takes the answer with the ACK", () => {
  using t = open(undefined);
  const leg = t.make();
  assert.deepEqual(read(leg.description).codecs.map((c) => c.codec), ["PCMA", "PCMU"]);
  assert.equal(leg.acknowledged(makeOffer({ ...remote, codecs: ["PCMU"] })), true);
  assert.equal(leg.codec, "PCMU");
  assert.equal(leg.acknowledged(undefined), true, "no further answer is due");
  assert.equal(t.make().acknowledged(undefined), false);
  assert.equal(t.make().acknowledged("nonsense"), false);
});

Deno.test("CarrierMedia holds, resumes and refuses within a call", () => {
  using t = open(makeOffer(remote));
  const leg = t.make();
  const first = leg.description;
  const hold = leg.renegotiate(makeOffer({ ...remote, version: 2, direction: "sendonly" }));
  assert.equal(hold?.held, true);
  assert.equal(read(hold!.answer).direction, "recvonly");
  const resumed = leg.renegotiate(makeOffer({ ...remote, version: 3 }));
  assert.equal(resumed?.held, false);
  assert.equal(read(resumed!.answer).port, read(first).port);
  assert.equal(leg.renegotiate(makeOffer(remote).replace(/AVP .*/, "AVP 9")), null);
  assert.equal(leg.renegotiate("nonsense"), null);
  const asked = leg.renegotiate(null);
  assert.equal(asked?.answer, leg.description);
  assert.equal(leg.acknowledged(makeOffer({ ...remote, direction: "inactive" })), true);
});

Deno.test("CarrierMedia tells when a prompt is over", async () => {
  using t = open(makeOffer(remote));
  const leg = t.make();
  await new Promise<void>((done) => leg.play([beep], false, done));
  const figures = await leg.close();
  assert.ok(figures.packetsSent >= 1);
  assert.equal(figures.packetsReceived, 0);
  assert.equal(t.engine.legs, 0);
});

Deno.test("CarrierMedia takes the answer to its own offer, early and final", () => {
  using t = open(undefined);
  const leg = t.make();
  assert.equal(leg.answered(makeOffer({ ...remote, codecs: ["PCMA"] })), true);
  assert.equal(leg.answered(makeOffer({ ...remote, codecs: ["PCMU"] })), true);
  assert.equal(leg.codec, "PCMU");
  assert.equal(leg.acknowledged(undefined), true, "no further answer is due");
  assert.equal(leg.answered("nonsense"), false);
  assert.equal(leg.answered(makeOffer(remote).replace(/AVP .*/, "AVP 9")), false);
});

Deno.test("CarrierMedia speaks the law that its answer to a re-INVITE names", () => {
  using t = open(undefined);
  const leg = t.make();
  assert.equal(leg.answered(makeOffer({ ...remote, codecs: ["PCMA"] })), true);
  const offer = makeOffer({ ...remote, version: 2, codecs: ["PCMU", "PCMA"] });
  const { codecs } = read(leg.renegotiate(offer)!.answer);
  assert.deepEqual(codecs.map(({ codec }) => codec), [leg.codec]);
});
