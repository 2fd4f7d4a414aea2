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
  /** Who waits, before the event. */
  const waited = new Set<string>();
  return {
    beforeEvent({ state }, event) {
      if (event.type !== "interaction.queued") return;
      waited.delete(event.interactionId);
      const it = state.interactions.get(event.interactionId);
      // Who waits for one agent alone has another line, even in the same queue.
      if (it?.phase === "queued" && it.place?.agentId === event.agentId) {
        waited.add(event.interactionId);
      }
    },
    afterEvent({ state, at }, event) {
      if (!("interactionId" in event)) return;
      const { interactionId } = event;
      const place = state.interactions.get(interactionId)?.place;
      if (!place) {
        kept.delete(interactionId);
        return;
      }
      const { queueId, queuedAt, order, priority } = place;
      const before = kept.get(interactionId);
      const fail = (what: string) => {
        throw new Violation("place-is-kept", `${interactionId}: ${what} at ${event.type}`);
      };
      if (event.type === "interaction.queued") {
        if (waited.has(interactionId) && before?.queueId === queueId && !event.keepsPlace) {
          fail("a new place in the same queue");
        }
        const same = before?.queueId === queueId && event.keepsPlace;
        if (queuedAt !== (same ? before.queuedAt : at)) fail("another time");
        if (order !== (same ? before.order : state.seq)) fail("another order");
        if (priority !== event.priority) fail("another priority");
        kept.set(interactionId, { queueId, queuedAt, order, priority });
        return;
      }
      if (!before) return fail("a place out of nowhere");
      if (queuedAt !== before.queuedAt || order !== before.order) fail("the place was lost");
      if (priority !== before.priority && event.type !== "interaction.prioritised") {
        fail("another priority");
      }
      if (queueId !== before.queueId && event.type !== "interaction.moved") fail("another queue");
      kept.set(interactionId, { queueId, queuedAt, order, priority });
    },
  };
}
