import type { TrunkDestination } from "../../protocol/topology/pop_configuration.ts";
import { prefixesOverlap } from "./prefixes_overlap.ts";
import { sourcePrefix } from "./source_prefix.ts";

/** "This" network, link-local, multicast and beyond: no carrier answers there. */
const NOWHERE = ["0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/128", "fe80::/10", "ff00::/8"]
  .map((text) => sourcePrefix(text)!);

/**
 * Checks where a trunk's calls may go. Private addresses may: carriers are reached over private
 * interconnects too.
 *
 * @returns One entry per bad destination, with its JSON path.
 */
export function checkDestinations(
  destinations: readonly TrunkDestination[],
): { path: string; message: string }[] {
  const seen = new Set<string>();
  return destinations.flatMap(({ host, port, transport }, i) => {
    const path = `destinations.${i}`;
    const key = `${transport}:${host.toLowerCase()}:${port}`;
    if (seen.has(key)) return [{ path, message: "The destination is named twice" }];
    seen.add(key);
    const isAddress = host.includes(":") || /^[0-9.]+$/.test(host);
    if (!isAddress) return [];
    const address = sourcePrefix(host);
    const reachable = address && !NOWHERE.some((range) => prefixesOverlap(range, address));
    return reachable ? [] : [{ path: `${path}.host`, message: "No calls can be sent there" }];
  });
}
