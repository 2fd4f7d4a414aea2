import { endOffer } from "../offers/end_offer.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/** Ends an interaction at once, wherever it stands; whoever had it is found other work. */
export function endInteraction(t: Transition, it: Interaction, cause: string): void {
  const agentId = it.offer?.agentId ?? it.agentId;
  const { teamId } = it;
  endOffer(t, it, "withdrawn");
  t.emit({
    type: "interaction.ended",
    interactionId: it.id,
    cause: it.endCause ?? cause,
    agentId: it.agentId,
  });
  if (agentId) t.freed.push({ agentId });
  if (teamId) t.freed.push({ teamId });
}
