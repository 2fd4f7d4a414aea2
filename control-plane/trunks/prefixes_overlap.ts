import type { SourcePrefix } from "./source_prefix.ts";

/** Whether two ranges have an address in common. */
export function prefixesOverlap(a: SourcePrefix, b: SourcePrefix): boolean {
  if (a.family !== b.family) return false;
  const free = BigInt((a.family === 4 ? 32 : 128) - Math.min(a.length, b.length));
  return a.first >> free === b.first >> free;
}
