import { prefixesOverlap } from "./prefixes_overlap.ts";
import { type SourcePrefix, sourcePrefix } from "./source_prefix.ts";

/** Shortest prefixes a partner may allow. Shorter ones let a good part of the world in. */
const SHORTEST = { 4: 8, 6: 16 };
const LOOPBACK = ["127.0.0.0/8", "::1/128"].map((text) => sourcePrefix(text)!);

/** A trunk that is there already, at the same PoP. */
export interface NeighbourTrunk {
  partnerId: string;
  sources: readonly string[];
}

/** A source that may not be. `taken`: because another partner has it. */
export interface BadSource {
  path: string;
  message: string;
  taken: boolean;
}

/**
 * Checks where a trunk's calls may come from. A source that another partner's trunk at the PoP has
 * would make it unclear whose a call is, so it is refused; loopback is exempt, since only
 * stand-ins on the same machine send from there.
 *
 * @returns One entry per bad source, with its JSON path.
 */
export function checkSources(
  sources: readonly string[],
  by: { operator: boolean; partnerId: string },
  neighbours: readonly NeighbourTrunk[],
): BadSource[] {
  const others = neighbours.filter((trunk) => trunk.partnerId !== by.partnerId)
    .flatMap((trunk) => trunk.sources).map(sourcePrefix).filter((prefix) => prefix !== null);
  return sources.flatMap((text, i): BadSource[] => {
    const path = `sources.${i}`;
    const prefix = sourcePrefix(text);
    if (prefix === null) {
      return [{ path, message: "Write an IPv4 or IPv6 address or prefix", taken: false }];
    }
    if (!by.operator && prefix.length < SHORTEST[prefix.family]) {
      const message = `Only the operator may allow more than a /${SHORTEST[prefix.family]}`;
      return [{ path, message, taken: false }];
    }
    if (!isLoopback(prefix) && others.some((other) => prefixesOverlap(prefix, other))) {
      return [{ path, message: "Another trunk at this PoP has this source", taken: true }];
    }
    return [];
  });
}

function isLoopback(prefix: SourcePrefix): boolean {
  return LOOPBACK.some((loopback) =>
    prefix.length >= loopback.length && prefixesOverlap(prefix, loopback)
  );
}
