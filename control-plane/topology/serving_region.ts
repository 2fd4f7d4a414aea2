import { REFERENCE_TOPOLOGY } from "./reference_topology.ts";

/**
 * The region whose services run tenants of a geography that has none of its own, by that
 * geography's id or one of its media regions. Undefined: no such geography, or it has its own.
 */
export function servingRegion(region: string): string | undefined {
  const geography = REFERENCE_TOPOLOGY.find((geography) =>
    geography.id === region || geography.mediaRegions.some((media) => media.id === region)
  );
  return geography?.servedFrom ?? undefined;
}
