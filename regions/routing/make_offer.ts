import type { Agent } from "../agents/agent.ts";
import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/** Reserves an eligible agent for a waiting interaction and shows it to them. */
export function makeOffer(t: Transition, it: Interaction, agent: Agent): void {
  const seconds = t.configuration.settings.offerSeconds[mediaOf(it.channel)];
  t.emit({
    type: "offer.made",
    interactionId: it.id,
    offerId: t.context.newId(),
    agentId: agent.id,
    expiresAt: t.at + seconds * 1000,
  });
}
