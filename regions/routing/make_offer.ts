import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { takeOffer } from "../offers/take_offer.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * Reserves an agent for a waiting contact and shows it to them; in a queue with automatic acceptance
 * the agent has it at once.
 */
export function makeOffer(t: Transition, it: Interaction, agent: Agent): void {
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
