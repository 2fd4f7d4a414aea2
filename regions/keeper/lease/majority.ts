/** How many of `n` are more than half. */
export function majority(n: number): number {
  return Math.floor(n / 2) + 1;
}

/** The time until which a majority of `n` grants stand, of those that there are; -Infinity if none. */
export function majorityUntil(grants: readonly number[], n: number): number {
  return grants.toSorted((a, b) => b - a)[majority(n) - 1] ?? -Infinity;
}
