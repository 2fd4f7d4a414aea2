import { Counters } from "../../../protocol/telemetry/counters.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { makeOffer } from "../sdp/make_offer.ts";
import { SipEndpoint, type SipEndpointOptions } from "../sip_endpoint.ts";
import { MemoryNetwork, type MemoryNetworkOptions } from "../transport/memory_network.ts";
import type { SipListener, SipTransportName } from "../transport/sip_flow.ts";
import { VirtualClock } from "../transport/virtual_clock.ts";

/** How the phones of {@linkcode twoPhones} differ from the usual. */
export interface PhonesOptions {
  readonly transport?: SipTransportName;
  readonly network?: Partial<MemoryNetworkOptions>;
  readonly a?: Partial<SipEndpointOptions>;
  readonly b?: Partial<SipEndpointOptions>;
}

/** Two endpoints on one network in memory under virtual time. */
export async function twoPhones(options: PhonesOptions = {}) {
  const clock = new VirtualClock();
  const random = seeded(7);
  const network = new MemoryNetwork({ clock, random, ...options.network });
  const lines: string[] = [];
  let tokens = 0;
  const phone = async (hostname: string, more: Partial<SipEndpointOptions> = {}) => {
    const counters = new Counters();
    const listener: SipListener = { transport: options.transport ?? "udp", hostname, port: 5060 };
    const endpoint = new SipEndpoint({
      listeners: [listener],
      log: createLogger({ service: hostname, write: (line) => lines.push(line) }),
      counters,
      clock,
      random: (octets) => (++tokens).toString(16).padStart(octets * 2, "0"),
      transport: network.transport([listener]),
      ...more,
    });
    await endpoint.start();
    return { endpoint, counters, listener };
  };
  const a = await phone("10.0.0.1", options.a);
  const b = await phone("10.0.0.2", options.b);
  return { clock, network, a, b, lines };
}

/** An offer of the phone at 10.0.0.1. */
export const OFFER = makeOffer({ address: "10.0.0.1", port: 40_000, sessionId: "1", version: 1 });

/** An answer of the phone at 10.0.0.2. */
export const ANSWER = makeOffer({
  address: "10.0.0.2",
  port: 50_000,
  sessionId: "2",
  version: 1,
  codecs: ["PCMA"],
});

/** Where the phones call each other. */
export const PLACEMENT = { uri: "sip:b@10.0.0.2", from: "sip:a@10.0.0.1", sdp: OFFER } as const;

/** A repeatable source of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
