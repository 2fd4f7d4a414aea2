import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { tone } from "../media/g711/tone.ts";
import { answerOffer } from "../sip/sdp/answer_offer.ts";
import { SipEndpoint } from "../sip/sip_endpoint.ts";
import { measureAudio } from "./measure_audio.ts";
import { PhoneAudio } from "./phone_audio.ts";
import { readPhoneOptions } from "./phone_options.ts";
import { type PhoneLine, placeCall } from "./place_call.ts";
import { SoundLibrary } from "./sound_library.ts";

const SECOND = 8000;
const notes = (...frequencies: number[]) =>
  Int16Array.from(
    frequencies.flatMap((f) => [...tone({ frequencies: [f, f * 1.5], duration: 250 })]),
  );
const welcome = notes(180, 350, 200, 410);
const music = notes(220, 262, 330, 294);
const agent = tone({ frequencies: [1000], duration: 1000 });
const program = Int16Array.from([...welcome, ...music, ...agent]);

/** A far end that says welcome, plays music, then sounds like an agent; one second each. */
async function farEnd(answers: boolean) {
  const heard: (number | undefined)[] = [];
  const digits: string[] = [];
  const sip = new SipEndpoint({
    listeners: [{ transport: "udp", hostname: "127.0.0.1", port: 0 }],
    log: createLogger({ service: "test", write: () => {} }),
    counters: new Counters(),
  });
  await sip.start();
  const audio = new PhoneAudio({
    hostname: "127.0.0.1",
    source: (at) => program[Math.min(at, 2 * SECOND + at % SECOND)] ?? 0,
    onSecond: (samples) => heard.push(measureAudio(samples).tone?.frequency),
    onDigit: (digit) => digits.push(digit),
  });
  sip.onInvite = (call) => {
    const { hostname: address, port } = audio.address;
    const answer = answerOffer(call.offer!, { address, port, sessionId: "1", version: 1 });
    if (!answers || !answer.ok) return call.reject(486);
    call.ringing();
    call.accept(answer.sdp, { headers: [["X-Antiphon-Call", "the-call"]] });
    const { remote, codec, payloadType, telephoneEvent } = answer;
    const target = { hostname: remote.address, port: remote.port };
    audio.start({ remote: target, codec, payloadType, telephoneEvent });
  };
  return {
    ...{ heard, digits, port: sip.listeners[0].port },
    async [Symbol.asyncDispose]() {
      audio.close();
      await sip.close();
    },
  };
}

const sounds = new SoundLibrary([
  { name: "welcome", samples: welcome, loops: false },
  { name: "hold-music", samples: music, loops: true },
]);

Deno.test("placeCall() says, types and hears, and follows the call to the agent", async () => {
  await using far = await farEnd(true);
  const args = ["--to", "+4969900100", "--sip", `127.0.0.1:${far.port}`, "--digits", "42#"];
  const options = readPhoneOptions([...args, "--digits-after", "1", "--tone", "440"]);
  const lines: PhoneLine[] = [];
  const done = Promise.withResolvers<void>();
  const summary = await placeCall(options, {
    sounds,
    spoken: null,
    hangUp: done.promise,
    onLine: (line) => {
      lines.push(line);
      if (line.event === "with-agent") done.resolve();
    },
  });
  const events = lines.map(({ event }) => event).filter((e) => e !== "heard" && e !== "digits");
  const path = ["calling", "ringing", "answered", "ivr", "queued", "with-agent", "ended"];
  assert.deepEqual(events, path);
  assert.deepEqual(summary.stages, ["answered", "ivr", "queued", "with-agent"]);
  assert.deepEqual(summary.tones, { "1000": 1 });
  assert.equal(summary.callId, "the-call");
  assert.equal(summary.packetsLost, 0);
  assert.ok(summary.packetsReceived >= 150 && summary.packetsSent >= 140);
  assert.ok(summary.inviteTo200Ms !== null && summary.inviteTo180Ms !== null);
  assert.deepEqual(far.digits, ["4", "2", "#"]);
  assert.ok(far.heard.includes(440));
});

Deno.test("placeCall() reports a refusal", async () => {
  await using far = await farEnd(false);
  const options = readPhoneOptions(["--to", "+4969900100", "--sip", `127.0.0.1:${far.port}`]);
  const never = new Promise<void>(() => {});
  const summary = await placeCall(options, {
    sounds,
    spoken: null,
    hangUp: never,
    onLine: () => {},
  });
  assert.deepEqual([summary.answered, summary.status], [false, 486]);
  assert.equal(summary.endedBy, "rejected");
});
