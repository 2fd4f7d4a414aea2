import type { Agent } from "../agents/agent.ts";
import { callContact } from "../callbacks/call_contact.ts";
import { connectAgent } from "../calls/connect_agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { responseDue } from "../interactions/response_due.ts";
import type { Transition } from "../tenants/transition.ts";
import { endOffer } from "./end_offer.ts";

/** Gives an agent what they are being offered; if they have room, more is found for them. */
export function takeOffer(t: Transition, it: Interaction, agent: Agent): void {
  endOffer(t, it, "accepted");
  if (it.virtual && it.virtual.kind !== "voicemail") {
    callContact(t, it, agent, "agent-first");
  } else if (it.call) {
    connectAgent(t, it, agent.id);
  } else {
    t.emit({
      type: "interaction.connected",
      interactionId: it.id,
      agentId: agent.id,
      codec: null,
      responseDue: responseDue(t, it),
    });
  }
  t.freed.push({ agentId: agent.id });
}
