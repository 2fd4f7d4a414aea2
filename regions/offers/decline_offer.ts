import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Agent } from "../agents/agent.ts";
import type { Transition } from "../tenants/transition.ts";
import { giveBackOffer } from "./give_back_offer.ts";
import { standingOffer } from "./standing_offer.ts";

/**
 * The agent does not take it: back to its place, and to someone else.
 * @throws AntiphonError `offer_gone`; `state_not_allowed` when the queue's contacts cannot be declined
 */
export function declineOffer(t: Transition, agent: Agent, offerId: string): void {
  const it = standingOffer(t, agent, offerId);
  if (!it.offer!.declinable) {
    throw new AntiphonError("state_not_allowed", "Contacts of this queue cannot be declined", {
      data: { offerId },
    });
  }
  giveBackOffer(t, it);
}
