import type { EndCause } from "../../protocol/pop_link/call_event.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { callbackPolicyOf } from "./callback_policy_of.ts";
import { resumeContact } from "./resume_contact.ts";

/**
 * A call to a contact came to nothing: its agent is free, and the contact is called again with its
 * place after a pause, unless that was the last time. A call that still stands is withdrawn; nothing
 * more is done for the contact before its PoP has told its end.
 */
export function attemptFailed(
  t: Transition,
  it: Interaction,
  cause: EndCause,
  sipStatus: number | null = null,
): void {
  const { call } = it;
  const agentId = it.agentId ?? it.callback!.reservedAgentId;
  const { minutesBetweenAttempts } = callbackPolicyOf(t.configuration, it.place?.queueId);
  t.emit({
    type: "interaction.attempt-failed",
    interactionId: it.id,
    callId: call!.callId,
    cause,
    sipStatus,
    agentId: it.agentId,
    until: t.at + minutesBetweenAttempts * 60_000,
    withdrawn: !call!.ended,
  });
  if (agentId) t.freed.push({ agentId });
  resumeContact(t, it);
}
