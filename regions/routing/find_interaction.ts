import type { Transition } from "../tenants/transition.ts";
import { makeOffer } from "./make_offer.ts";

/**
 * Offers an agent the contact that is to be served next among all they may take. O(lines of the
 * agent's teams), however many contacts wait in them.
 */
export function findInteraction(t: Transition, agentId: string): void {
  const agent = t.state.agents.get(agentId);
  const it = agent && t.state.routing.bestInteraction(agent);
  if (it) makeOffer(t, it, agent);
}
