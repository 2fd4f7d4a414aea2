import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Commits and commands of an older epoch are refused wherever a newer one was seen. */
export function oneOwner(): Observer {
  let newest = 1;
  const seen = new Map<string, number>();
  return {
    fact(fact) {
      if (fact.type === "cluster-moved") newest = fact.epoch;
      if (fact.type === "pop-restarted") seen.delete(fact.popId);
      const at = fact.type === "pop-command" && fact.outcome !== "stale-epoch"
        ? fact.popId
        : fact.type === "desktop-delivery" && fact.outcome !== "stale-epoch"
        ? `${fact.tenantId}/${fact.agentId}`
        : null;
      if (at === null || !("epoch" in fact)) return;
      if (fact.epoch < (seen.get(at) ?? 0)) {
        throw new Violation("one-owner", `${at} took something of epoch ${fact.epoch}`);
      }
      seen.set(at, fact.epoch);
    },
    afterDecision(_view, _unit, epoch) {
      if (epoch < newest) {
        throw new Violation("one-owner", `epoch ${epoch} committed, ${newest} is the holder's`);
      }
    },
  };
}
