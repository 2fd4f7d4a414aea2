import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { isEligible } from "./is_eligible.ts";
import { makeOffer } from "./make_offer.ts";

/**
 * Offers one waiting interaction to the longest available eligible agent, if there is one.
 * O(present agents).
 */
export function findAgent(t: Transition, it: Interaction): void {
  if (it.phase !== "queued") return;
  let best: Agent | undefined;
  for (const agent of t.state.agents.values()) {
    if (!isEligible(t, agent, it)) continue;
    if (
      !best || agent.freeSince < best.freeSince ||
      (agent.freeSince === best.freeSince && agent.id < best.id)
    ) best = agent;
  }
  if (best) makeOffer(t, it, best);
}
