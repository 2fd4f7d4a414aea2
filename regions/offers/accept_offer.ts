import type { Agent } from "../agents/agent.ts";
import { connectAgent } from "../calls/connect_agent.ts";
import { kindOf } from "../interactions/interaction.ts";
import { findInteraction } from "../routing/find_interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { endOffer } from "./end_offer.ts";
import { standingOffer } from "./standing_offer.ts";

/**
 * The agent takes what they were offered; one with room for more is offered the next.
 * @throws AntiphonError `offer_gone`
 */
export function acceptOffer(t: Transition, agent: Agent, offerId: string): void {
  const it = standingOffer(t, agent, offerId);
  endOffer(t, it, "accepted");
  if (kindOf(it.channel) === "digital") {
    t.emit({ type: "interaction.connected", interactionId: it.id, agentId: agent.id, codec: null });
    findInteraction(t, agent.id);
    return;
  }
  connectAgent(t, it, agent.id);
}
