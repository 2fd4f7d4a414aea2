import type { Transition } from "../tenants/transition.ts";
import { makeOffer } from "./make_offer.ts";

/**
 * Offers an agent the contact that is to be served next among all they may take. O(lines of the
 * agent's teams), however many contacts wait in them. When others were freed in the same decision,
 * the contact goes to the best of them, and this agent is tried again.
 */
export function findInteraction(t: Transition, agentId: string): void {
  const agent = t.state.agents.get(agentId);
  const it = agent && t.state.routing.bestInteraction(agent);
  if (!it) return;
  const best = t.freed.length > 0 ? t.state.routing.bestAgent(it) ?? agent : agent;
  makeOffer(t, it, best);
  if (best !== agent) t.freed.push({ agentId });
}
