import type { Entry } from "../history/entry.ts";
import { ofKind } from "./of_kind.ts";

/** What became of contacts who waited. */
export interface PlacesVerdict {
  /** Contacts who waited before, and in the end neither wait at the same place nor were served. */
  placesLost: number;
}

/** Where a contact may be who waited: someone took them, or the caller was served and it is over. */
const SERVED = new Set(["offered", "connected", "wrap-up"]);

/** Compares places in queues before the fault and after it. */
export function checkPlaces(history: readonly Entry[]): PlacesVerdict {
  const places = ofKind(history, "place");
  const after = new Map(
    places.filter(({ when }) => when === "after").map((it) => [it.interactionId, it]),
  );
  const before = places.filter((it) => it.when === "before" && it.state === "queued");
  const lost = before.filter((was) => {
    const is = after.get(was.interactionId);
    if (is && SERVED.has(is.state)) return false;
    if (!is || is.state !== "queued" || is.queuedAt !== was.queuedAt) return true;
    return is.queueId !== was.queueId || is.position === null || is.position > was.position!;
  });
  return { placesLost: lost.length };
}
