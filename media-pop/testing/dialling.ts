import assert from "node:assert/strict";
import type { TrunkDestination } from "../../protocol/topology/pop_configuration.ts";
import type { EndCauseName } from "../calls/call_action.ts";
import type { MediaLegEvents } from "../calls/media_leg.ts";
import type { DialWanted } from "../carriers/dial_wanted.ts";
import { OutgoingLeg } from "../carriers/outgoing_leg.ts";
import { Directory } from "../configuration/directory.ts";
import { SAMPLE, sampleConfiguration } from "../configuration/sample_configuration.ts";
import type { SipRequest } from "../sip/message/sip_request.ts";
import { rawPeer } from "../sip/testing/raw_peer.ts";
import { twoPhones } from "../sip/testing/two_phones.ts";
import { TrunkUsage } from "../trunks/trunk_usage.ts";
import { FakeCarrierLeg } from "./fake_pop_media.ts";

/** The raw peers that {@linkcode dialling} leads to. */
export const [FIRST, SECOND] = ["10.0.0.8", "10.0.0.9"];
const to = (host: string): TrunkDestination => ({ host, port: 5060, transport: "udp" });

/** A leg that dials over the carrier's trunk to raw peers, which answer by hand. */
export async function dialling(
  wanted: Partial<DialWanted> = {},
  { hosts = [FIRST, SECOND], maxCalls = 10, noMedia = false } = {},
) {
  const phones = await twoPhones();
  const { endpoint, listener, counters } = phones.a;
  const peers = new Map<string, Awaited<ReturnType<typeof rawPeer>>>();
  for (const host of [FIRST, SECOND]) peers.set(host, await rawPeer(phones.network, host));
  const sample = sampleConfiguration();
  const trunks = sample.trunks.map((trunk) =>
    trunk.tenantId === null ? { ...trunk, maxCalls, destinations: hosts.map(to) } : trunk
  );
  const directory = new Directory({ ...sample, trunks });
  const usage = new TrunkUsage();
  const told: string[] = [];
  const media: FakeCarrierLeg[] = [];
  let events: MediaLegEvents | undefined;
  const leg = new OutgoingLeg(
    {
      ...{ callId: "c", legId: "l", tenantId: SAMPLE.tenant, number: "+4930555", callerId: null },
      ...{ caller: "+49151234567", called: "+4969900100", hostname: "10.0.0.1", maxForwards: 69 },
      ...wanted,
    },
    {
      early: () => told.push("early"),
      answered: (codec) => told.push(`answered ${codec}`),
      ended: (cause, status) => told.push(`ended ${cause} ${status}`),
    },
    {
      ...{ directory: () => directory, usage, sip: endpoint, now: () => 0, counters },
      openMedia: (hostname, listeners) => {
        if (noMedia) return Promise.reject(new Error("no port"));
        events = listeners;
        media.push(new FakeCarrierLeg(undefined, hostname, listeners));
        return Promise.resolve(media[0]);
      },
      resolve: (name) =>
        name === "sbc.example" ? Promise.resolve([SECOND]) : Promise.reject(new Error(name)),
      log: endpoint.options.log,
    },
  );
  const settle = async (ms = 20) => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
    phones.clock.advance(ms);
    for (let i = 0; i < 20; i++) await Promise.resolve();
    phones.clock.advance(20);
  };
  await settle();
  const requests = (host: string) =>
    peers.get(host)!.got.flatMap((one): SipRequest[] =>
      one.kind === "request" ? [one.message] : []
    );
  const methods = (host: string) => requests(host).map(({ method }) => method);
  const last = (host: string, method = "INVITE") => {
    const found = requests(host).findLast((one) => one.method === method);
    assert.ok(found, `no ${method} at ${host}`);
    return found;
  };
  const answer = async (host: string, status: number, sdp = "", method = "INVITE") => {
    const asked = last(host, method);
    peers.get(host)!.send(listener, [
      `SIP/2.0 ${status} Whatever`,
      `Via: ${asked.get("via")}`,
      `From: ${asked.get("from")}`,
      `To: ${asked.get("to")}${asked.to.tag === undefined ? ";tag=p" : ""}`,
      `Call-ID: ${asked.callId}`,
      `CSeq: ${asked.get("cseq")}`,
      `Contact: <sip:peer@${host}>`,
      ...sdp === "" ? [] : ["Content-Type: application/sdp"],
    ], sdp);
    await settle();
  };
  const ask = async (host: string, method: string, sdp = "", cseq = 7) => {
    const { callId, from, to: callee } = last(host, "ACK");
    peers.get(host)!.send(listener, [
      `${method} sip:antiphon@10.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/UDP ${host}:5060;branch=z9hG4bK${method}${cseq}`,
      `From: <${callee.uri}>;tag=${callee.tag}`,
      `To: <${from.uri}>;tag=${from.tag}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:peer@${host}>`,
      ...sdp === "" ? [] : ["Content-Type: application/sdp"],
    ], sdp);
    await settle();
  };
  const close = async (cause: EndCauseName = "platform-hung-up") => {
    const figures = leg.close(cause);
    await settle();
    return await figures;
  };
  const end = async () => {
    phones.clock.advance(200_000);
    assert.deepEqual(endpoint.load, { calls: 0, servers: 0, clients: 0, timers: 0 });
    assert.equal(usage.live(SAMPLE.carrierTrunk), 0);
    await endpoint.close();
    await phones.b.endpoint.close();
  };
  return {
    ...{ ...phones, told, media, usage, counters, settle, methods, last, answer, ask, close, end },
    peers,
    timeout: () => events!.timeout(),
  };
}
