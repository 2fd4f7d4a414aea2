import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Agent } from "../agents/agent.ts";
import { callContact } from "../callbacks/call_contact.ts";
import { callbackPolicyOf } from "../callbacks/callback_policy_of.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { takeOffer } from "../offers/take_offer.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * Reserves an agent for a waiting contact and shows it to them; in a queue with automatic acceptance
 * the agent has it at once. Where customers are called first the agent is
 * kept free until the contact has answered.
 */
export function makeOffer(t: Transition, it: Interaction, agent: Agent): void {
  if (it.virtual?.kind === "callback") {
    const { when } = callbackPolicyOf(t.configuration, it.place!.queueId);
    if (when === "customer-first") return callContact(t, it, agent, when);
  }
  const queue = t.configuration.queues.get(it.place!.queueId);
  const seconds = queue?.offerSeconds ?? t.configuration.settings.offerSeconds[mediaOf(it.channel)];
  t.emit({
    type: "offer.made",
    interactionId: it.id,
    offerId: t.context.newId(),
    agentId: agent.id,
    expiresAt: t.at + seconds * 1000,
    declinable: queue?.declinable ?? true,
  });
  if (queue?.acceptance === "automatic") takeOffer(t, it, agent);
}
