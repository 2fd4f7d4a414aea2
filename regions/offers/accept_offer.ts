import type { Agent } from "../agents/agent.ts";
import type { Transition } from "../tenants/transition.ts";
import { standingOffer } from "./standing_offer.ts";
import { takeOffer } from "./take_offer.ts";

/**
 * The agent takes what they were offered.
 * @throws AntiphonError `offer_gone`
 */
export function acceptOffer(t: Transition, agent: Agent, offerId: string): void {
  takeOffer(t, standingOffer(t, agent, offerId), agent);
}
