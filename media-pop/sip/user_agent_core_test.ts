import assert from "node:assert/strict";
import type { IncomingCall } from "./dialog/incoming_call.ts";
import { rawPeer, rawRequest } from "./testing/raw_peer.ts";
import { ANSWER, OFFER, twoPhones } from "./testing/two_phones.ts";

type PhoneOptions = Parameters<typeof twoPhones>[0];

/** A raw peer before phone b. */
async function before(options: PhoneOptions = {}) {
  const phones = await twoPhones(options);
  const peer = await rawPeer(phones.network);
  const calls: IncomingCall[] = [];
  phones.b.endpoint.onInvite = (call) => void calls.push(call);
  const send = (lines: string[], body = "") => {
    peer.send(phones.b.listener, lines, body);
    phones.clock.advance(100);
  };
  const close = async () => {
    await phones.a.endpoint.close();
    await phones.b.endpoint.close();
  };
  const toTag = () => {
    const last = peer.got.at(-1);
    assert.equal(last?.kind, "response");
    return last.kind === "response" ? last.message.to.tag ?? "" : "";
  };
  const header = (name: string) => {
    const last = peer.got.at(-1);
    return last?.kind === "response" ? last.message.get(name) : undefined;
  };
  return { ...phones, peer, calls, send, close, toTag, header };
}

const sdpType = ["Content-Type: application/sdp"];

Deno.test("OPTIONS outside a call is answered 200 with Allow, 503 when draining", async () => {
  const t = await before();
  t.send(rawRequest("OPTIONS"));
  assert.equal(t.header("allow"), "INVITE, ACK, BYE, CANCEL, OPTIONS");
  t.b.endpoint.draining = true;
  t.send(rawRequest("OPTIONS", { branch: "z9hG4bK2", cseq: "2" }));
  assert.deepEqual(t.peer.statuses(), [200, 503]);
  assert.equal(t.header("retry-after"), "60");
  await t.close();
});

Deno.test("requests that cannot be served get their status", async () => {
  const t = await before();
  const cases: [number, string, Parameters<typeof rawRequest>[1], string?][] = [
    [405, "REGISTER", {}],
    [405, "FOOBAR", {}],
    [481, "BYE", {}],
    [481, "BYE", { to: "<sip:b@10.0.0.2>;tag=none" }],
    [481, "CANCEL", {}],
    [481, "INVITE", { to: "<sip:b@10.0.0.2>;tag=none" }],
    [420, "OPTIONS", { more: ["Require: 100rel, timer"] }],
    [415, "INVITE", { more: ["Content-Type: text/plain"] }, "hello"],
    [415, "INVITE", { more: [...sdpType, "Content-Encoding: gzip"] }, "v=0"],
    [400, "OPTIONS", { more: ["Expires: soon"] }],
  ];
  for (const [i, [status, method, options, body]] of cases.entries()) {
    t.send(rawRequest(method, { branch: `z9hG4bK${i}`, callId: `c${i}`, ...options }), body);
    assert.equal(t.peer.statuses().at(-1), status, `${method} ${i}`);
  }
  assert.equal(t.calls.length, 0);
  await t.close();
});

Deno.test("an INVITE out of hops gets 483", async () => {
  const t = await before();
  t.send(rawRequest("INVITE").map((line) => line.replace("Max-Forwards: 70", "Max-Forwards: 0")));
  assert.deepEqual(t.peer.statuses(), [100, 483]);
  await t.close();
});

Deno.test("a source that is not admitted gets its refusal and leaves nothing behind", async () => {
  const t = await before({
    b: { admit: ({ address }) => address === "10.0.0.1" ? "admit" : { status: 403 } },
  });
  t.send(rawRequest("INVITE"));
  t.send(rawRequest("INVITE"));
  assert.deepEqual(t.peer.statuses(), [403, 403]);
  const tags = t.peer.got.map((one) => one.kind === "response" && one.message.to.tag);
  assert.equal(tags[0], tags[1]);
  assert.deepEqual(t.b.endpoint.load, { calls: 0, servers: 0, clients: 0, timers: 0 });
  await t.close();
});

Deno.test("a dropped source gets nothing at all, malformed or not", async () => {
  const t = await before({ b: { admit: () => "drop" } });
  t.send(rawRequest("INVITE"));
  t.send(rawRequest("INVITE", { cseq: "x" }));
  assert.deepEqual(t.peer.got, []);
  await t.close();
});

Deno.test("a request that came twice by different ways gets 482 the second time", async () => {
  const t = await before();
  t.send(rawRequest("INVITE", { branch: "z9hG4bK1" }));
  t.send(rawRequest("INVITE", { branch: "z9hG4bK2" }));
  assert.deepEqual(t.peer.statuses(), [100, 482]);
  assert.equal(t.calls.length, 1);
  await t.close();
});

Deno.test("overload is refused without state", async () => {
  const t = await before({ b: { mostTransactions: 1 } });
  t.send(rawRequest("INVITE", { branch: "z9hG4bK1" }));
  t.send(rawRequest("INVITE", { branch: "z9hG4bK2", callId: "raw-2" }));
  assert.deepEqual(t.peer.statuses(), [100, 503]);
  await t.close();
});

Deno.test("answers go to the source port if rport is asked for, else to the Via port", async () => {
  const t = await before();
  const via = (port: string) => `Via: SIP/2.0/UDP ${port};branch=z9hG4bK${port.length}`;
  t.send(rawRequest("OPTIONS", { via: via("192.0.2.1:9999;rport"), callId: "1" }));
  assert.match(t.header("via") ?? "", /received=10\.0\.0\.9/);
  assert.match(t.header("via") ?? "", /rport=5060/);
  t.send(rawRequest("OPTIONS", { via: via("192.0.2.1:9999"), callId: "2" }));
  assert.equal(t.network.sent.at(-1)?.to, "udp:10.0.0.9:9999");
  await t.close();
});

Deno.test("a 2xx is repeated until its ACK, then no more; repeated INVITEs are swallowed", async () => {
  const t = await before();
  t.send(rawRequest("INVITE", { more: sdpType }), OFFER);
  t.calls[0].accept(ANSWER);
  t.clock.advance(1700);
  assert.deepEqual(t.peer.statuses(), [100, 200, 200, 200]);
  t.send(rawRequest("INVITE", { more: sdpType }), OFFER);
  assert.equal(t.peer.statuses().length, 4);
  const to = `<sip:b@10.0.0.2>;tag=${t.toTag()}`;
  t.send(rawRequest("ACK", { branch: "z9hG4bKack", to }));
  t.clock.advance(40_000);
  assert.equal(t.peer.statuses().length, 4);
  assert.equal(t.calls[0].state, "confirmed");
  await t.close();
});

Deno.test("an answer never acknowledged ends the call with a BYE after 32 s", async () => {
  const t = await before();
  let kind = "";
  t.send(rawRequest("INVITE", { more: sdpType }), OFFER);
  t.calls[0].onEnded = (ending) => kind = ending.kind;
  t.calls[0].accept(ANSWER);
  t.clock.advance(31_000);
  assert.equal(kind, "");
  t.clock.advance(2000);
  assert.equal(kind, "no_ack");
  const bye = t.peer.got.find((one) => one.kind === "request");
  assert.equal(bye?.kind === "request" && bye.message.method, "BYE");
  await t.close();
});

/** An established call of the raw peer to b. */
async function established(more: string[] = []) {
  const t = await before();
  t.send(
    rawRequest("INVITE", { more: [...sdpType, "Record-Route: <sip:10.0.0.9;lr>", ...more] }),
    OFFER,
  );
  t.calls[0].accept(ANSWER);
  t.clock.advance(100);
  const to = `<sip:b@10.0.0.2>;tag=${t.toTag()}`;
  t.send(rawRequest("ACK", { branch: "z9hG4bKack", to }));
  return { ...t, to, call: t.calls[0] };
}

Deno.test("in a call: OPTIONS 200, INFO 405, a lower CSeq 500, a foreign tag 481", async () => {
  const t = await established();
  t.send(rawRequest("OPTIONS", { branch: "z9hG4bK3", to: t.to, cseq: "5" }));
  assert.equal(t.peer.statuses().at(-1), 200);
  t.send(rawRequest("INFO", { branch: "z9hG4bK4", to: t.to, cseq: "6" }));
  assert.equal(t.peer.statuses().at(-1), 405);
  t.send(rawRequest("OPTIONS", { branch: "z9hG4bK5", to: t.to, cseq: "4" }));
  assert.equal(t.peer.statuses().at(-1), 500);
  const from = "<sip:raw@10.0.0.9>;tag=other";
  t.send(rawRequest("BYE", { branch: "z9hG4bK6", to: t.to, from, cseq: "7" }));
  assert.equal(t.peer.statuses().at(-1), 481);
  assert.equal(t.call.state, "confirmed");
  await t.close();
});

Deno.test("our requests follow the route set and the peer's Contact", async () => {
  const t = await established();
  t.call.hangUp();
  t.clock.advance(100);
  const bye = t.peer.got.at(-1);
  assert.equal(bye?.kind, "request");
  if (bye?.kind !== "request") return;
  assert.equal(bye.message.uri, "sip:raw@10.0.0.9");
  assert.equal(bye.message.get("route"), "<sip:10.0.0.9;lr>");
  assert.equal(bye.message.to.tag, "r");
  await t.close();
});

Deno.test("a re-INVITE with the call on hold is answered recvonly unless the user decides", async () => {
  const t = await established();
  const hold = OFFER.replace("sendrecv", "sendonly");
  const more = sdpType;
  t.send(rawRequest("INVITE", { branch: "z9hG4bK7", to: t.to, cseq: "2", more }), hold);
  const last = t.peer.got.at(-1);
  assert.match((last?.kind === "response" && last.message.sdp) || "", /a=recvonly/);
  t.send(rawRequest("INVITE", { branch: "z9hG4bK8", to: t.to, cseq: "3", more }), OFFER);
  assert.equal(t.peer.statuses().at(-1), 500, "the answer before is not acknowledged yet");
  t.send(rawRequest("ACK", { branch: "z9hG4bK9", to: t.to, cseq: "2" }));
  t.call.onReinvite = (reinvite) => {
    assert.equal(reinvite.sdp, OFFER);
    reinvite.reject(488);
    assert.ok(reinvite.settled);
    reinvite.accept(ANSWER);
  };
  t.send(rawRequest("INVITE", { branch: "z9hG4bKa", to: t.to, cseq: "4", more }), OFFER);
  assert.equal(t.peer.statuses().at(-1), 488);
  await t.close();
});

Deno.test("a re-INVITE nobody settles is answered with the present session in time", async () => {
  const t = await established();
  t.call.onReinvite = () => {};
  t.send(rawRequest("INVITE", { branch: "z9hG4bK7", to: t.to, cseq: "2" }));
  assert.equal(t.peer.statuses().at(-1), 100);
  t.clock.advance(8100);
  assert.equal(t.peer.statuses().at(-1), 200);
  await t.close();
});

Deno.test("a BYE before the answer ends the INVITE with 487", async () => {
  const t = await before();
  t.send(rawRequest("INVITE", { more: sdpType }), OFFER);
  t.calls[0].ringing();
  t.clock.advance(100);
  const to = `<sip:b@10.0.0.2>;tag=${t.toTag()}`;
  let kind = "";
  t.calls[0].onEnded = (ending) => kind = ending.kind;
  t.send(rawRequest("BYE", { branch: "z9hG4bKbye", to, cseq: "2" }));
  assert.deepEqual(t.peer.statuses(), [100, 180, 200, 487]);
  assert.equal(kind, "remote_bye");
  await t.close();
});

Deno.test("hanging up before the ACK waits for it with the BYE", async () => {
  const t = await before();
  t.send(rawRequest("INVITE", { more: sdpType }), OFFER);
  t.calls[0].accept(ANSWER);
  t.clock.advance(100);
  const to = `<sip:b@10.0.0.2>;tag=${t.toTag()}`;
  t.calls[0].hangUp();
  t.clock.advance(100);
  assert.ok(!t.peer.got.some((one) => one.kind === "request"));
  t.send(rawRequest("ACK", { branch: "z9hG4bKack", to }));
  assert.ok(t.peer.got.some((one) => one.kind === "request" && one.message.method === "BYE"));
  await t.close();
});

Deno.test("a handler that throws costs its call only: 500", async () => {
  const t = await before();
  t.b.endpoint.onInvite = () => {
    throw new Error("defect");
  };
  t.send(rawRequest("INVITE"));
  assert.deepEqual(t.peer.statuses(), [100, 500]);
  assert.equal(t.lines.length, 1);
  await t.close();
});

const timer = (expires: string) => ["Supported: timer", `Session-Expires: ${expires}`];

Deno.test("a session the caller shall refresh ends when it does not (RFC 4028)", async () => {
  const t = await established(timer("90"));
  const answer = t.peer.got.findLast((one) => one.kind === "response");
  assert.equal(answer?.kind === "response" && answer.message.get("x"), "90;refresher=uac");
  const more = [...sdpType, ...timer("90;refresher=uac")];
  t.clock.advance(50_000);
  t.send(rawRequest("INVITE", { branch: "z9hG4bKr", to: t.to, cseq: "2", more }), OFFER);
  t.send(rawRequest("ACK", { branch: "z9hG4bKs", to: t.to, cseq: "2" }));
  t.clock.advance(55_000);
  assert.equal(t.call.state, "confirmed");
  t.clock.advance(6000);
  assert.equal(t.call.state, "ended");
  await t.close();
});

Deno.test("a session we shall refresh is refreshed by us at half time (RFC 4028)", async () => {
  const t = await established(timer("100;refresher=uas"));
  t.clock.advance(51_000);
  const refresh = t.peer.got.findLast((one) => one.kind === "request");
  assert.equal(refresh?.kind === "request" && refresh.message.method, "INVITE");
  if (refresh?.kind !== "request") return;
  assert.equal(refresh.message.get("session-expires"), "100;refresher=uac");
  assert.equal(refresh.message.sdp, ANSWER);
  t.call.hangUp();
  await t.close();
});

Deno.test("a session interval below 90 s gets 422 with Min-SE", async () => {
  const t = await before();
  t.send(rawRequest("INVITE", { more: [...sdpType, ...timer("60")] }), OFFER);
  assert.equal(t.peer.statuses().at(-1), 422);
  assert.equal(t.header("min-se"), "90");
  await t.close();
});

Deno.test("under overload the requests of a call are still served", async () => {
  const t = await before({ b: { mostTransactions: 1 } });
  t.send(rawRequest("INVITE", { more: sdpType }), OFFER);
  t.calls[0].accept(ANSWER);
  t.clock.advance(100);
  const to = `<sip:b@10.0.0.2>;tag=${t.toTag()}`;
  t.send(rawRequest("BYE", { branch: "z9hG4bKbye", to, cseq: "2" }));
  assert.equal(t.peer.statuses().at(-1), 200);
  await t.close();
});
