import type { Entry } from "../history/entry.ts";
import { ofKind } from "./of_kind.ts";

/** What became of offers. */
export interface OffersVerdict {
  /** Offers that vanished: neither ended nor turned into an assignment. */
  offersLost: number;
  /** Interactions that two agents were offered, or had, at once. */
  offersDoubled: number;
}

/** Follows every offer through what the agents' desktops were told. */
export function checkOffers(history: readonly Entry[]): OffersVerdict {
  const holders = new Map<string, Set<string>>();
  const open = new Map<string, string>();
  let doubled = 0;
  for (const it of ofKind(history, "agent")) {
    const id = it.interactionId;
    if (!id) continue;
    const held = holders.get(id) ?? new Set();
    holders.set(id, held);
    if (it.what === "offer-made" || it.what === "assigned") {
      if (held.size > 0 && !held.has(it.client)) doubled += 1;
      held.add(it.client);
    }
    if (it.what === "offer-made") open.set(it.offerId!, id);
    if (it.what === "offer-ended") {
      open.delete(it.offerId!);
      if (it.reason !== "accepted") held.delete(it.client);
    }
    if (it.what === "removed") held.delete(it.client);
    if (it.what === "assigned") {
      for (const [offerId, interactionId] of open) {
        if (interactionId === id) open.delete(offerId);
      }
    }
  }
  return { offersLost: open.size, offersDoubled: doubled };
}
