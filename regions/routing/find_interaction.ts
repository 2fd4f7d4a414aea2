import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { isEligible } from "./is_eligible.ts";
import { makeOffer } from "./make_offer.ts";
import { compareByService } from "./waiting_line.ts";

/**
 * Offers an agent the interaction that is to be served next among all queues: the highest
 * priority, then the longest waiting. O(queues + interactions ahead that the agent cannot take).
 */
export function findInteraction(t: Transition, agentId: string): void {
  const agent = t.state.agents.get(agentId);
  if (!agent || agent.state !== "available" || agent.offeredInteractionId !== null) return;
  let best: Interaction | undefined;
  for (const line of t.state.waiting.values()) {
    for (const id of line) {
      const it = t.state.interactions.get(id)!;
      if (best && compareByService(best.place!, it.place!) < 0) break;
      if (!isEligible(t, agent, it)) continue;
      best = it;
      break;
    }
  }
  if (best) makeOffer(t, best, agent);
}
