import type { TrunkDestination } from "../../protocol/topology/pop_configuration.ts";
import type { SipListener } from "../sip/transport/sip_flow.ts";
import { parseAddress } from "../trunks/parse_address.ts";

/** One address to send an INVITE to, and the way there. */
export interface DialTarget {
  listener: SipListener;
  address: string;
  port: number;
}

/** Addresses of one name that are tried, at most. */
const MOST = 4;

/**
 * Where a trunk's destination can be reached from these listeners: the addresses of its name, each
 * by a listener of its transport and family: the `preferred` one, else one whose address is most like
 * the destination's. Empty when there is none.
 *
 * Loopback is reached from loopback listeners, which reach nothing else, and link-local, multicast and unspecified
 * addresses never: a name must not lead into our own house.
 * @param resolve the addresses of a name; may reject
 */
export async function dialTargets(
  { host, port, transport }: TrunkDestination,
  listeners: readonly SipListener[],
  preferred: string | null,
  resolve: (name: string) => Promise<readonly string[]>,
): Promise<DialTarget[]> {
  const addresses = parseAddress(host) ? [host] : await resolve(host);
  return addresses.flatMap((address) => {
    const way = listeners.filter((listener) =>
      listener.transport === transport && leadsTo(listener.hostname, address)
    );
    const listener = way.find(({ hostname }) => hostname === preferred) ?? nearest(way, address);
    return listener ? [{ listener, address, port }] : [];
  }).slice(0, MOST);
}

/** The listener whose address has the longest prefix in common with a destination's. */
function nearest(way: readonly SipListener[], address: string): SipListener | undefined {
  const to = parseAddress(address)?.value ?? 0n;
  let best: { listener: SipListener; apart: bigint } | undefined;
  for (const listener of way) {
    const apart = (parseAddress(listener.hostname)?.value ?? 0n) ^ to;
    if (!best || apart < best.apart) best = { listener, apart };
  }
  return best?.listener;
}

function leadsTo(hostname: string, address: string): boolean {
  const [from, to] = [parseAddress(hostname), parseAddress(address)];
  if (!from || from.bits !== to?.bits) return false;
  const { bits, value } = to;
  const top = (count: number) => value >> BigInt(bits - count);
  if (bits === 32) {
    const isLoopback = (it: bigint) => it >> 24n === 127n;
    if (isLoopback(value) !== isLoopback(from.value)) return false;
    if (isLoopback(value)) return true;
    return top(8) !== 0n && top(16) !== 0xa9fen && top(3) !== 7n;
  }
  if (value === 1n) return from.value === 1n;
  return value !== 0n && top(10) !== 0x3fan && top(8) !== 0xffn;
}
