import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { EndCause } from "../../protocol/pop_link/call_event.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { startWrapUp } from "../interactions/start_wrap_up.ts";
import { endOffer } from "../offers/end_offer.ts";
import { findInteraction } from "../routing/find_interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * The A leg is gone. An agent who talked wraps up; an offer is withdrawn at once; everything else
 * ends the interaction.
 */
export function decideCallEnded(
  t: Transition,
  it: Interaction,
  cause: EndCause,
  media: LegMedia | null,
): void {
  const call = it.call!;
  if (call.ended) return;
  t.emit({ type: "leg.ended", interactionId: it.id, legId: call.carrierLegId, cause, media });
  if (it.phase === "wrap-up") return;
  if (it.phase === "connected" || it.phase === "interrupted") return startWrapUp(t, it, cause);
  const freed = it.offer?.agentId ?? it.agentId;
  endOffer(t, it, "withdrawn");
  t.emit({
    type: "interaction.ended",
    interactionId: it.id,
    cause: it.endCause ?? cause,
    agentId: it.phase === "connecting" ? it.agentId : null,
  });
  if (freed) findInteraction(t, freed);
}
