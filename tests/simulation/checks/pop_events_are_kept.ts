import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** A PoP is never told that an event is durable which is not: it would forget it. */
export function popEventsAreKept(): Observer {
  const committed = new Map<string, Set<number>>();
  /** Up to here everything is committed. */
  const whole = new Map<string, number>();
  return {
    fact(fact) {
      if (fact.type !== "pop-event-committed" && fact.type !== "pop-position") return;
      const boot = `${fact.popId} ${fact.bootId}`;
      const seqs = committed.get(boot) ?? new Set<number>();
      committed.set(boot, seqs);
      if (fact.type === "pop-event-committed") {
        seqs.add(fact.seq);
        return;
      }
      let upTo = whole.get(boot) ?? 0;
      while (seqs.has(upTo + 1)) upTo += 1;
      whole.set(boot, upTo);
      if (upTo < fact.seq) {
        throw new Violation(
          "pop-events-are-kept",
          `position ${fact.seq} of ${boot} covers event ${upTo + 1}, which is not committed`,
        );
      }
    },
  };
}
