import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { EndCause } from "../../protocol/pop_link/call_event.ts";
import { attemptFailed } from "../callbacks/attempt_failed.ts";
import { resumeContact } from "../callbacks/resume_contact.ts";
import { endInteraction } from "../interactions/end_interaction.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { startWrapUp } from "../interactions/start_wrap_up.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * The A leg is gone. Who was being called is called again later; an agent who talked wraps up; a caller who asked to be called back keeps the
 * place; an offer is withdrawn at once; everything else ends the interaction.
 */
export function decideCallEnded(
  t: Transition,
  it: Interaction,
  cause: EndCause,
  media: LegMedia | null,
  sipStatus: number | null = null,
): void {
  const call = it.call!;
  if (call.ended) return;
  t.emit({ type: "leg.ended", interactionId: it.id, legId: call.carrierLegId, cause, media });
  if (it.phase === "dialling") return attemptFailed(t, it, cause, sipStatus);
  if (it.phase === "postponed") {
    if (it.flow.activityId !== null) {
      t.emit({ type: "flow.ended", interactionId: it.id, reason: "call-ended", thread: 0 });
    }
    return resumeContact(t, it);
  }
  if (it.phase === "wrap-up" || (it.virtual && it.phase !== "ending")) return;
  if (it.phase === "connected" || it.phase === "interrupted") return startWrapUp(t, it, cause);
  endInteraction(t, it, cause);
}
