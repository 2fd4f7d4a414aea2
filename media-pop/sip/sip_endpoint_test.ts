import assert from "node:assert/strict";
import type { CallEnding } from "./dialog/call_ending.ts";
import type { IncomingCall } from "./dialog/incoming_call.ts";
import { ANSWER, OFFER, PLACEMENT, twoPhones } from "./testing/two_phones.ts";

/** Places a call from a to b; `decide` is b's part. */
async function talk(
  decide: (call: IncomingCall) => void,
  options: Parameters<typeof twoPhones>[0] = {},
) {
  const phones = await twoPhones(options);
  const seen: string[] = [];
  const endings: Record<string, CallEnding> = {};
  let incoming: IncomingCall | undefined;
  phones.b.endpoint.onInvite = (call) => {
    incoming = call;
    call.onCancel = () => seen.push("b cancelled");
    call.onAck = () => seen.push("b acked");
    call.onBye = () => seen.push("b bye");
    call.onEnded = (ending) => endings.b = ending;
    decide(call);
  };
  const outgoing = phones.a.endpoint.invite(PLACEMENT);
  outgoing.onProgress = ({ status }) => seen.push(`a ${status}`);
  outgoing.onAnswered = () => seen.push("a answered");
  outgoing.onBye = () => seen.push("a bye");
  outgoing.onEnded = (ending) => endings.a = ending;
  const close = async () => {
    phones.clock.advance(200_000);
    for (const { endpoint } of [phones.a, phones.b]) {
      const { timers: _idle, ...load } = endpoint.load;
      assert.deepEqual(load, { calls: 0, servers: 0, clients: 0 });
      await endpoint.close();
    }
    assert.deepEqual(phones.lines, []);
  };
  return { ...phones, seen, endings, outgoing, incoming: () => incoming!, close };
}

const answer = (call: IncomingCall) => {
  call.ringing();
  call.accept(ANSWER);
};

for (const transport of ["udp", "tcp"] as const) {
  Deno.test(`a call over ${transport} is answered, acknowledged and ended by the caller`, async () => {
    const call = await talk(answer, { transport });
    call.clock.advance(1000);
    assert.deepEqual(call.seen, ["a 180", "a answered", "b acked"]);
    assert.equal(call.incoming().offer, OFFER);
    assert.equal(call.incoming().source.address, "10.0.0.1");
    assert.equal(call.outgoing.remoteSdp, ANSWER);
    call.outgoing.hangUp({ reasons: [{ protocol: "Q.850", cause: 16, text: "Bye" }] });
    call.clock.advance(1000);
    assert.equal(call.endings.a.kind, "local_bye");
    assert.deepEqual(call.endings.b, {
      kind: "remote_bye",
      reasons: [{ protocol: "Q.850", cause: 16, text: "Bye" }],
    });
    await call.close();
  });
}

Deno.test("a call is ended by the callee", async () => {
  const call = await talk(answer);
  call.clock.advance(1000);
  call.incoming().hangUp();
  call.clock.advance(1000);
  assert.deepEqual(call.seen.slice(3), ["a bye"]);
  assert.equal(call.endings.b.kind, "local_bye");
  assert.equal(call.endings.a.kind, "remote_bye");
  await call.close();
});

Deno.test("a caller who gives up cancels the call", async () => {
  const call = await talk((incoming) => incoming.ringing());
  call.clock.advance(1000);
  call.outgoing.hangUp();
  call.clock.advance(1000);
  assert.deepEqual(call.seen, ["a 180", "b cancelled"]);
  assert.equal(call.endings.a.kind, "cancelled");
  assert.equal(call.endings.b.kind, "cancelled");
  assert.ok(call.network.sent.some(({ text }) => text.startsWith("SIP/2.0 487 ")));
  await call.close();
});

Deno.test("a refusal reaches the caller with its status and Reason", async () => {
  const call = await talk((incoming) =>
    incoming.reject(486, { reasons: [{ protocol: "Q.850", cause: 17 }] })
  );
  call.clock.advance(1000);
  assert.equal(call.endings.a.kind, "rejected");
  assert.equal(call.endings.a.status, 486);
  assert.deepEqual(call.endings.a.reasons, [{ protocol: "Q.850", cause: 17, text: undefined }]);
  await call.close();
});

Deno.test("a call nobody decides on gets 480 at its deadline", async () => {
  const call = await talk(() => {}, { b: { limits: { answer: 10_000 } } });
  call.clock.advance(11_000);
  assert.equal(call.endings.b.kind, "no_answer");
  assert.equal(call.endings.a.status, 480);
  await call.close();
});

Deno.test("a listener on every address must say by which it is reached", async () => {
  const hostname = "0.0.0.0";
  const listener = { transport: "udp", hostname, port: 5060 } as const;
  await assert.rejects(twoPhones({ b: { listeners: [listener] } }), {
    code: "configuration_invalid",
  });
  await twoPhones({ b: { listeners: [{ ...listener, advertised: "192.0.2.1" }] } });
});

Deno.test("over TCP a peer that is gone ends the call at once with 503", async () => {
  const { clock, a, b } = await twoPhones({ transport: "tcp" });
  await b.endpoint.close();
  const call = a.endpoint.invite(PLACEMENT);
  let ending: CallEnding | undefined;
  call.onEnded = (one) => ending = one;
  clock.advance(200);
  assert.deepEqual([ending?.kind, ending?.status], ["failed", 503]);
  await a.endpoint.close();
});

Deno.test("hold and resume between two endpoints follow the direction both ways", async () => {
  const call = await talk(answer);
  call.clock.advance(1000);
  const hold = OFFER.replace("sendrecv", "sendonly").replace("o=- 1 1", "o=- 1 2");
  const held = call.outgoing.reinvite(hold);
  call.clock.advance(1000);
  const { status, sdp } = await held;
  assert.equal(status, 200);
  assert.match(sdp ?? "", /a=recvonly/);
  assert.equal(call.incoming().remoteSdp, hold);
  const resumed = call.outgoing.reinvite(OFFER.replace("o=- 1 1", "o=- 1 3"));
  call.clock.advance(1000);
  assert.match((await resumed).sdp ?? "", /a=sendrecv/);
  call.outgoing.hangUp();
  await call.close();
});
