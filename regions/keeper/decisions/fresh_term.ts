/** What of a keeper's state counts only within a term, as it is before one begins. */
export function freshTerm() {
  return {
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
  };
}
