import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** What a contact's place must stay, whatever offers come to nothing. */
interface Kept {
  queueId: string;
  queuedAt: number;
  order: number;
  priority: number;
}

/** A contact keeps its place through offers, RONA, declines, lost agents and failovers. */
export function placeIsKept(): Observer {
  const kept = new Map<string, Kept>();
  return {
    afterEvent({ state, at }, event) {
      if (!("interactionId" in event)) return;
      const { interactionId } = event;
      const place = state.interactions.get(interactionId)?.place;
      if (!place) return;
      const { queueId, queuedAt, order, priority } = place;
      const before = kept.get(interactionId);
      const fail = (what: string) => {
        throw new Violation("place-is-kept", `${interactionId}: ${what} at ${event.type}`);
      };
      if (event.type === "interaction.queued") {
        if (queuedAt !== at) fail("another time");
        if (order !== state.seq) fail("another order");
        if (priority !== event.priority) fail("another priority");
        kept.set(interactionId, { queueId, queuedAt, order, priority });
        return;
      }
      if (!before) return fail("a place out of nowhere");
      if (queuedAt !== before.queuedAt || order !== before.order) fail("the place was lost");
      if (priority !== before.priority) fail("another priority");
      if (queueId !== before.queueId) fail("another queue");
      kept.set(interactionId, { queueId, queuedAt, order, priority });
    },
  };
}
