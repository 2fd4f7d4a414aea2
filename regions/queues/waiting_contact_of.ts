import type { WaitingContact } from "../../protocol/interaction/waiting_contact.ts";
import type { Interaction } from "../interactions/interaction.ts";

/** A waiting contact as supervisors see it. */
export function waitingContactOf(it: Interaction, position: number): WaitingContact {
  const place = it.place!;
  return {
    interactionId: it.id,
    position,
    channel: it.channel,
    contact: it.virtual?.number ?? it.contact,
    priority: place.priority,
    queuedAt: place.queuedAt,
    estimatedWait: place.estimatedWait,
    requirements: place.requirements,
    agentId: place.agentId,
    virtual: it.virtual?.kind ?? null,
  };
}
