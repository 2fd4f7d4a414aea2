import type { PopAddress } from "../../../protocol/topology/service_addresses.ts";

/** Region name prefixes on each continent, as the platform in front names continents. */
const CONTINENTS: Record<string, readonly string[]> = {
  EU: ["eu", "uk"],
  AF: ["af", "za", "eu"],
  AS: ["ap", "asia", "in", "me"],
  OC: ["au", "ap"],
  NA: ["us", "na", "ca"],
  SA: ["sa", "br", "us"],
};

/**
 * The PoP nearest to a person: on their continent if that is known, and there in the home region
 * of their tenant's cluster if it has one; else in that home region or its part of the world.
 */
export function nearestPop(
  pops: readonly PopAddress[],
  homeRegion: string,
  continent?: string,
): PopAddress | undefined {
  const prefixes = CONTINENTS[continent ?? ""] ?? [];
  const order = [
    (pop: PopAddress) => prefixes.includes(part(pop.region)) && pop.region === homeRegion,
    ...prefixes.map((prefix) => (pop: PopAddress) => part(pop.region) === prefix),
    (pop: PopAddress) => pop.region === homeRegion,
    (pop: PopAddress) => part(pop.region) === part(homeRegion),
    () => true,
  ];
  for (const fits of order) {
    const found = pops.find(fits);
    if (found) return found;
  }
  return undefined;
}

function part(region: string): string {
  return region.split("-", 1)[0];
}
