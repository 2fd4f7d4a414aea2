import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import type { TenantEventOf } from "../tenants/tenant_event.ts";

/** Ends the offer that stands for an interaction, if one does. */
export function endOffer(
  t: Transition,
  it: Interaction,
  reason: TenantEventOf<"offer.ended">["reason"],
): void {
  if (!it.offer) return;
  t.emit({
    type: "offer.ended",
    interactionId: it.id,
    offerId: it.offer.offerId,
    agentId: it.offer.agentId,
    reason,
  });
}
