import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { SipCall } from "./dialog/sip_call.ts";
import { SipEndpoint } from "./sip_endpoint.ts";
import { ANSWER, OFFER, PLACEMENT, twoPhones } from "./testing/two_phones.ts";

/** The least back-to-back user agent: everything from one leg goes to the other. */
async function bridged() {
  const phones = await twoPhones();
  const listener = { transport: "udp", hostname: "10.0.0.5", port: 5060 } as const;
  const middle = new SipEndpoint({
    listeners: [listener],
    log: createLogger({ service: "middle", write: (line) => phones.lines.push(line) }),
    counters: new Counters(),
    clock: phones.clock,
    transport: phones.network.transport([listener]),
    admit: ({ address }) => address.startsWith("10.0.0.") ? "admit" : { status: 403 },
  });
  await middle.start();
  const joined = (from: SipCall, to: SipCall) => {
    from.onBye = (reasons) => to.hangUp({ reasons });
    from.onReinvite = async (reinvite) => {
      const { status, sdp } = await to.reinvite(reinvite.sdp ?? "");
      if (sdp !== undefined) reinvite.accept(sdp);
      else reinvite.reject(status);
    };
  };
  middle.onInvite = (a) => {
    const b = middle.invite({ uri: "sip:b@10.0.0.2", from: "sip:pop@10.0.0.5", sdp: a.offer });
    a.onCancel = () => b.hangUp();
    b.onProgress = ({ status, sdp }) => a.provisional(status, sdp);
    b.onAnswered = (sdp) => a.accept(sdp ?? "");
    b.onRejected = (status) => a.reject(status);
    joined(a, b);
    joined(b, a);
  };
  const outgoing = phones.a.endpoint.invite({ ...PLACEMENT, uri: "sip:b@10.0.0.5" });
  const close = async () => {
    phones.clock.advance(200_000);
    for (const endpoint of [phones.a.endpoint, phones.b.endpoint, middle]) {
      assert.deepEqual(endpoint.load, { calls: 0, servers: 0, clients: 0, timers: 0 });
      await endpoint.close();
    }
    assert.deepEqual(phones.lines, []);
  };
  return { ...phones, middle, outgoing, close };
}

Deno.test("a B2BUA relays ringing, answer, hold and the end", async () => {
  const t = await bridged();
  const seen: string[] = [];
  t.b.endpoint.onInvite = (call) => {
    call.onBye = () => seen.push("b bye");
    call.ringing();
    call.accept(ANSWER);
  };
  t.outgoing.onProgress = ({ status }) => seen.push(String(status));
  t.outgoing.onAnswered = (sdp) => seen.push(sdp === ANSWER ? "answered" : "?");
  t.clock.advance(1000);
  assert.deepEqual(seen, ["180", "answered"]);
  const hold = t.outgoing.reinvite(OFFER.replace("sendrecv", "inactive"));
  for (let i = 0; i < 20; i++) {
    t.clock.advance(10);
    await Promise.resolve();
  }
  assert.match((await hold).sdp ?? "", /a=inactive/);
  t.clock.advance(1000);
  t.outgoing.hangUp();
  t.clock.advance(1000);
  assert.equal(seen.at(-1), "b bye");
  await t.close();
});

Deno.test("a B2BUA relays the caller's withdrawal and the callee's refusal", async () => {
  const t = await bridged();
  const endings: string[] = [];
  t.b.endpoint.onInvite = (call) => {
    call.ringing();
    call.onEnded = ({ kind }) => endings.push(kind);
  };
  t.clock.advance(1000);
  t.outgoing.hangUp();
  t.clock.advance(1000);
  assert.deepEqual(endings, ["cancelled"]);
  t.b.endpoint.onInvite = (call) => call.reject(486);
  const second = t.a.endpoint.invite({ ...PLACEMENT, uri: "sip:b@10.0.0.5" });
  second.onRejected = (status) => endings.push(String(status));
  t.clock.advance(1000);
  assert.deepEqual(endings, ["cancelled", "486"]);
  await t.close();
});
