import type { Agent } from "../agents/agent.ts";
import type { Transition } from "../tenants/transition.ts";
import { makeOffer } from "./make_offer.ts";

/**
 * Offers an agent the contact that is to be served next among all they may take. O(lines of the
 * agent's teams + contacts they declined), however many others wait in them. When others were freed
 * or came to wait in the same decision, the contact goes to the best agent for it, and this one is
 * tried again.
 */
export function findInteraction(t: Transition, agent: Agent): void {
  const it = t.state.routing.bestInteraction(agent);
  if (!it) return;
  const alone = t.freed.length === 0 && t.seeking.length === 0;
  const best = alone ? agent : t.state.routing.bestAgent(it) ?? agent;
  makeOffer(t, it, best);
  if (best !== agent) t.freed.push({ agentId: agent.id });
}
