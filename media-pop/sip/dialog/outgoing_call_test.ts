import assert from "node:assert/strict";
import type { SipRequest } from "../message/sip_request.ts";
import { rawPeer } from "../testing/raw_peer.ts";
import { ANSWER, OFFER, twoPhones } from "../testing/two_phones.ts";
import type { Invitation } from "./outgoing_call.ts";

/** A call of phone a to a raw peer that answers only by hand. */
async function calling(more: Partial<Invitation> = {}) {
  const phones = await twoPhones();
  const peer = await rawPeer(phones.network);
  const { endpoint, listener } = phones.a;
  const uri = "sip:raw@10.0.0.9";
  const call = endpoint.invite({ uri, from: "sip:a@10.0.0.1", sdp: OFFER, ...more });
  const endings: string[] = [];
  call.onEnded = ({ kind, status }) => endings.push(`${kind} ${status ?? ""}`.trim());
  phones.clock.advance(20);
  const requests = () =>
    peer.got.flatMap((one): SipRequest[] => one.kind === "request" ? [one.message] : []);
  const last = (method: string) => {
    const found = requests().findLast((one) => one.method === method);
    assert.ok(found, `no ${method}`);
    return found;
  };
  const answer = (to: SipRequest, status: number, tag = "p", sdp = "") => {
    const type = sdp === "" ? [] : ["Content-Type: application/sdp"];
    peer.send(listener, [
      `SIP/2.0 ${status} Whatever`,
      `Via: ${to.get("via")}`,
      `From: ${to.get("from")}`,
      `To: ${to.get("to")}${to.to.tag === undefined ? `;tag=${tag}` : ""}`,
      `Call-ID: ${to.callId}`,
      `CSeq: ${to.get("cseq")}`,
      "Contact: <sip:raw@10.0.0.9>",
      ...type,
    ], sdp);
    phones.clock.advance(20);
  };
  const methods = () => requests().map(({ method }) => method);
  const close = async () => {
    phones.clock.advance(200_000);
    assert.deepEqual(endpoint.load, { calls: 0, servers: 0, clients: 0, timers: 0 });
    assert.deepEqual(phones.lines, []);
    await endpoint.close();
    await phones.b.endpoint.close();
  };
  return { ...phones, peer, call, endings, last, answer, methods, close };
}

Deno.test("an INVITE nobody answers is repeated and ends after 32 s with 408", async () => {
  const t = await calling();
  t.clock.advance(33_000);
  assert.deepEqual(t.endings, ["failed 408"]);
  assert.equal(t.methods().length, 7);
  t.answer(t.last("INVITE"), 200, "late", ANSWER);
  assert.deepEqual(t.methods().slice(7), ["ACK", "BYE"]);
  t.answer(t.last("BYE"), 200);
  assert.deepEqual(t.endings, ["failed 408"]);
  await t.close();
});

Deno.test("CANCEL waits for the first provisional answer", async () => {
  const t = await calling();
  t.call.hangUp({ reasons: [{ protocol: "SIP", cause: 200, text: "Call completed elsewhere" }] });
  t.clock.advance(100);
  assert.deepEqual(t.methods(), ["INVITE"]);
  t.answer(t.last("INVITE"), 180);
  const cancel = t.last("CANCEL");
  assert.equal(cancel.via.branch, t.last("INVITE").via.branch);
  assert.equal(cancel.get("reason"), 'SIP;cause=200;text="Call completed elsewhere"');
  t.answer(cancel, 200);
  t.answer(t.last("INVITE"), 487);
  assert.equal(t.methods().at(-1), "ACK");
  assert.deepEqual(t.endings, ["cancelled"]);
  await t.close();
});

Deno.test("an answer that crosses the CANCEL is acknowledged and hung up", async () => {
  const t = await calling();
  t.answer(t.last("INVITE"), 180);
  t.call.hangUp();
  t.answer(t.last("INVITE"), 200, "p", ANSWER);
  assert.deepEqual(t.methods(), ["INVITE", "CANCEL", "ACK", "BYE"]);
  t.answer(t.last("CANCEL"), 200);
  t.answer(t.last("BYE"), 200);
  assert.deepEqual(t.endings, ["cancelled"]);
  await t.close();
});

Deno.test("of two answers by forks the first wins, the second is hung up", async () => {
  const t = await calling();
  t.answer(t.last("INVITE"), 200, "one", ANSWER);
  t.answer(t.last("INVITE"), 200, "two", ANSWER);
  assert.deepEqual(t.methods(), ["INVITE", "ACK", "ACK", "BYE"]);
  assert.equal(t.last("BYE").to.tag, "two");
  t.answer(t.last("BYE"), 200);
  t.answer(t.last("INVITE"), 200, "one", ANSWER);
  assert.equal(t.last("ACK").to.tag, "one", "a repeated 2xx gets its ACK again");
  assert.equal(t.call.state, "confirmed");
  t.call.hangUp();
  await t.close();
});

Deno.test("ringing has a deadline: CANCEL, then nothing is kept", async () => {
  const t = await calling();
  t.call.setDeadline(10_000);
  t.answer(t.last("INVITE"), 180);
  t.clock.advance(11_000);
  assert.deepEqual(t.endings, ["no_answer 408"]);
  assert.ok(t.methods().includes("CANCEL"));
  await t.close();
});

Deno.test("the first provisional answer is told, 100 too, but not to who withdrew", async () => {
  const t = await calling();
  let told = 0;
  t.call.onTrying = () => told++;
  t.answer(t.last("INVITE"), 100);
  t.answer(t.last("INVITE"), 180);
  assert.equal(told, 1);
  t.call.hangUp();
  await t.close();
  const late = await calling();
  late.call.onTrying = () => told++;
  late.call.hangUp();
  late.answer(late.last("INVITE"), 100);
  assert.equal(told, 1);
  await late.close();
});

Deno.test("an INVITE without offer is acknowledged with the user's answer", async () => {
  const t = await calling({ sdp: undefined });
  let offer: string | undefined;
  t.call.onAnswered = (sdp) => offer = sdp;
  t.answer(t.last("INVITE"), 200, "p", OFFER);
  assert.equal(offer, OFFER);
  assert.deepEqual(t.methods(), ["INVITE"]);
  t.call.acknowledgeWith(ANSWER);
  t.clock.advance(20);
  assert.equal(t.last("ACK").sdp, ANSWER);
  assert.throws(() => t.call.acknowledgeWith(ANSWER), { code: "state_not_allowed" });
  t.call.hangUp();
  await t.close();
});

Deno.test("an INVITE without offer whose user never answers is hung up", async () => {
  const t = await calling({ sdp: undefined });
  t.answer(t.last("INVITE"), 200, "p", OFFER);
  t.clock.advance(17_000);
  assert.deepEqual(t.methods().slice(0, 3), ["INVITE", "ACK", "BYE"]);
  await t.close();
});

Deno.test("our re-INVITE resolves with the answer; 481 ends the call", async () => {
  const t = await calling();
  assert.throws(() => t.call.reinvite(OFFER), { code: "state_not_allowed" });
  t.answer(t.last("INVITE"), 200, "p", ANSWER);
  const hold = OFFER.replace("sendrecv", "sendonly");
  const first = t.call.reinvite(hold);
  assert.throws(() => t.call.reinvite(hold), { code: "state_not_allowed" });
  t.clock.advance(20);
  assert.equal(t.last("INVITE").cseq.number, 2);
  t.answer(t.last("INVITE"), 200, "p", ANSWER);
  assert.deepEqual(await first, { status: 200, reason: "Whatever", sdp: ANSWER });
  assert.equal(t.last("ACK").cseq.number, 2);
  const second = t.call.reinvite(hold);
  t.clock.advance(20);
  t.answer(t.last("INVITE"), 481);
  assert.equal((await second).status, 481);
  assert.deepEqual(t.endings, ["failed 481"]);
  await t.close();
});

Deno.test("a re-INVITE that meets ours gets 491", async () => {
  const t = await calling();
  t.answer(t.last("INVITE"), 200, "p", ANSWER);
  const pending = t.call.reinvite(OFFER);
  t.clock.advance(20);
  const { callId, from, to } = t.last("INVITE");
  t.peer.send(t.a.listener, [
    "INVITE sip:a@10.0.0.1 SIP/2.0",
    "Via: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bKglare",
    `From: <${to.uri}>;tag=${to.tag}`,
    `To: <${from.uri}>;tag=${from.tag}`,
    `Call-ID: ${callId}`,
    "CSeq: 1 INVITE",
  ]);
  t.clock.advance(20);
  const last = t.peer.got.findLast((one) => one.kind === "response");
  assert.equal(last?.kind === "response" && last.message.status, 491);
  t.answer(t.last("INVITE"), 200, "p", ANSWER);
  await pending;
  t.call.hangUp();
  await t.close();
});

Deno.test("a broken address or header is refused before anything is sent", async () => {
  const phones = await twoPhones();
  const { endpoint } = phones.a;
  const good = { uri: "sip:b@10.0.0.2", from: "sip:a@10.0.0.1", sdp: OFFER };
  const headers = [["X-A", "1\r\nX-B: 2"]] as const;
  assert.throws(() => endpoint.invite({ ...good, headers }), { code: "sip_malformed" });
  assert.throws(() => endpoint.invite({ ...good, from: "nobody" }), { code: "sip_malformed" });
  assert.throws(() => endpoint.invite({ ...good, uri: "sip:b@c\r\n" }), { code: "sip_malformed" });
  assert.throws(() => endpoint.invite({ ...good, uri: "sip:b@name.example" }), {
    code: "invalid_request",
  });
  assert.deepEqual(phones.network.sent, []);
  phones.clock.advance(200_000);
  assert.deepEqual(endpoint.load, { calls: 0, servers: 0, clients: 0, timers: 0 });
  await endpoint.close();
  await phones.b.endpoint.close();
});
