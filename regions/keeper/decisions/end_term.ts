import type { Turn } from "./turn.ts";

/** Forgets what only counts within a term. */
export function endTerm({ state }: Turn): void {
  Object.assign(state, {
    term: null,
    serving: false,
    primaryBy: null,
    failingSince: null,
    barrier: null,
    badSince: null,
    goodSince: null,
    joining: null,
    degraded: null,
    givingWay: null,
    awaySince: null,
  });
}
