import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "sdp-transform";
import { answerAgain } from "./answer_again.ts";
import { answerOffer } from "./answer_offer.ts";
import { makeOffer } from "./make_offer.ts";
import { readSession } from "./read_session.ts";

const LOCAL = { address: "192.0.2.1", port: 40_000, sessionId: "77", version: 1 };

function offer(...media: string[]): string {
  return ["v=0", "o=- 5 6 IN IP4 198.51.100.7", "s=-", "c=IN IP4 198.51.100.7", "t=0 0", ...media]
    .join("\r\n") + "\r\n";
}

Deno.test("a usual carrier offer is answered with one law and telephone-event", () => {
  const answer = answerOffer(
    offer(
      "m=audio 20000 RTP/AVP 18 8 0 101",
      "a=rtpmap:18 G729/8000",
      "a=rtpmap:101 telephone-event/8000",
      "a=fmtp:101 0-16",
      "a=ptime:30",
    ),
    LOCAL,
  );
  assert.ok(answer.ok);
  assert.equal(answer.codec, "PCMA");
  assert.equal(answer.payloadType, 8);
  assert.equal(answer.telephoneEvent, 101);
  assert.equal(answer.remote.address, "198.51.100.7");
  assert.equal(answer.remote.port, 20_000);
  assert.equal(answer.remote.ptime, 30);
  assert.match(answer.sdp, /^m=audio 40000 RTP\/AVP 8 101\r\n/m);
  assert.match(answer.sdp, /^o=- 77 1 IN IP4 192\.0\.2\.1\r\n/m);
  assert.match(answer.sdp, /^a=sendrecv\r\n/m);
});

Deno.test("our preference of codec wins over the peer's order", () => {
  const answer = answerOffer(offer("m=audio 20000 RTP/AVP 8 0"), { ...LOCAL, codecs: ["PCMU"] });
  assert.ok(answer.ok && answer.codec === "PCMU" && answer.telephoneEvent === undefined);
});

Deno.test("other lines are refused in their place with their mid kept", () => {
  const answer = answerOffer(
    offer(
      "m=video 3000 RTP/AVP 96",
      "a=rtpmap:96 H264/90000",
      "a=mid:v",
      "m=audio 20000 RTP/SAVP 0",
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xxxx",
      "m=audio 20002 RTP/AVP 0",
      "a=mid:a",
    ),
    LOCAL,
  );
  assert.ok(answer.ok);
  const { media } = parse(answer.sdp);
  assert.deepEqual(
    media.map(({ type, port, protocol, mid }) => [type, port, protocol, mid]),
    [
      ["video", 0, "RTP/AVP", "v"],
      ["audio", 0, "RTP/SAVP", undefined],
      ["audio", 40_000, "RTP/AVP", "a"],
    ],
  );
  assert.doesNotMatch(answer.sdp, /crypto/);
});

Deno.test("dynamic payload types of G.711 are understood", () => {
  const answer = answerOffer(offer("m=audio 20000 RTP/AVP 97", "a=rtpmap:97 pcmu/8000/1"), LOCAL);
  assert.ok(answer.ok && answer.codec === "PCMU" && answer.payloadType === 97);
});

for (
  const [why, status, text] of [
    ["no common codec", 488, offer("m=audio 20000 RTP/AVP 18")],
    ["encrypted media only", 488, offer("m=audio 20000 RTP/SAVP 0")],
    ["audio refused", 488, offer("m=audio 0 RTP/AVP 0")],
    ["no media", 488, offer()],
    ["a name for an address", 488, offer("m=audio 20000 RTP/AVP 0", "c=IN IP4 evil.example")],
    ["a port out of range", 400, offer("m=audio 70000 RTP/AVP 0")],
    ["G.711 at a foreign rate", 488, offer("m=audio 20000 RTP/AVP 97", "a=rtpmap:97 PCMU/16000")],
    ["no SDP at all", 400, "hello"],
    ["nothing", 400, ""],
  ] as const
) {
  Deno.test(`an offer with ${why} is refused with ${status}`, () => {
    const answer = answerOffer(text, LOCAL);
    assert.equal(answer.ok === false && answer.refusal.status, status);
  });
}

for (
  const [offered, answered] of [
    ["sendrecv", "sendrecv"],
    ["sendonly", "recvonly"],
    ["recvonly", "sendonly"],
    ["inactive", "inactive"],
  ]
) {
  Deno.test(`an offer that is ${offered} is answered ${answered}`, () => {
    const answer = answerOffer(offer("m=audio 2000 RTP/AVP 0", `a=${offered}`), LOCAL);
    assert.ok(answer.ok);
    assert.equal(answer.direction, answered);
  });
}

Deno.test("the old hold, address 0.0.0.0, counts as sendonly", () => {
  const answer = answerOffer(offer("m=audio 2000 RTP/AVP 0", "c=IN IP4 0.0.0.0"), LOCAL);
  assert.ok(answer.ok && answer.direction === "recvonly");
});

Deno.test("our own offer is read back as it was made", () => {
  const reading = readSession(makeOffer({ ...LOCAL, codecs: ["PCMA", "PCMU"], ptime: 20 }));
  assert.ok(reading.ok);
  assert.deepEqual(reading.description.audio, {
    line: 0,
    address: "192.0.2.1",
    port: 40_000,
    direction: "sendrecv",
    ptime: 20,
    codecs: [{ codec: "PCMA", payloadType: 8 }, { codec: "PCMU", payloadType: 0 }],
    telephoneEvent: 101,
    mid: undefined,
  });
});

Deno.test("answering again keeps the text when nothing changes and counts o= up when it does", () => {
  const theirs = offer("m=audio 2000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/8000");
  const first = answerOffer(theirs, LOCAL);
  assert.ok(first.ok);
  assert.equal(answerAgain(first.sdp, theirs), first.sdp);
  const held = answerAgain(first.sdp, `${theirs}a=sendonly\r\n`);
  assert.match(held ?? "", /^o=- 77 2 /m);
  assert.match(held ?? "", /^a=recvonly\r\n/m);
  assert.match(answerAgain(held ?? "", theirs) ?? "", /^o=- 77 3 [^]*a=sendrecv/m);
  assert.equal(answerAgain(first.sdp, offer("m=audio 2000 RTP/AVP 18")), undefined);
});

Deno.test("any text is read without a throw, and an answer to it is sound", () => {
  const line = fc.constantFrom(
    "m=audio 20000 RTP/AVP 0 8 101",
    "m=audio 99999999 RTP/AVP 0",
    "m=audio x RTP/AVP 0",
    "m=video 1 RTP/AVP 96\u0000",
    "m=audio 2000/2 RTP/AVPF 8",
    "c=IN IP4 192.0.2.9",
    "c=IN IP6 2001:db8::1",
    "a=rtpmap:101 telephone-event/8000",
    "a=rtpmap:0 PCMA/8000",
    "a=rtpmap:x y/z",
    "a=ptime:-1",
    "a=mid:a b",
    "a=sendonly",
    "a=",
    "=",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 12 }), (lines) => {
      const answer = answerOffer(offer(...lines), LOCAL);
      if (!answer.ok) return assert.ok([400, 488].includes(answer.refusal.status));
      const again = readSession(answer.sdp);
      assert.ok(again.ok && again.description.audio.port === LOCAL.port);
    }),
    { seed: 3264, numRuns: 2000 },
  );
});
