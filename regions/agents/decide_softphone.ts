import { requeue } from "../interactions/requeue.ts";
import { endOffer } from "../offers/end_offer.ts";
import { findInteraction } from "../routing/find_interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/** A PoP tells that an agent's softphone came or went. Calls are offered only while it is there. */
export function decideSoftphone(
  t: Transition,
  popId: string,
  agentId: string,
  connected: boolean,
): void {
  const agent = t.state.agents.get(agentId);
  if (connected) {
    if (agent?.softphonePopId !== popId) {
      t.emit({ type: "agent.softphone-changed", agentId, popId });
    }
    return findInteraction(t, agentId);
  }
  if (agent?.softphonePopId !== popId) return;
  const offered = t.state.interactions.get(agent.offeredInteractionId ?? "");
  t.emit({ type: "agent.softphone-changed", agentId, popId: null });
  if (offered?.call) {
    endOffer(t, offered, "withdrawn");
    requeue(t, offered, "softphone-gone");
  }
}
