import type { Interaction } from "../interactions/interaction.ts";
import { waitsUntil } from "../queues/place_in_queue.ts";
import type { Transition } from "../tenants/transition.ts";
import { callbackPolicyOf } from "./callback_policy_of.ts";

/**
 * A contact has answered whom no agent has yet: from now on it is a caller like any other, first in
 * line by its place. The agent who was kept free for it is offered it, if they can take it still.
 */
export function contactReached(t: Transition, it: Interaction): void {
  const { place } = it;
  const queue = t.configuration.queues.get(place!.queueId);
  const agentId = it.agentId ?? it.callback!.reservedAgentId;
  t.emit({
    type: "interaction.reached",
    interactionId: it.id,
    agentId: it.agentId,
    legId: it.agentLegId,
    prompt: callbackPolicyOf(t.configuration, place!.queueId).prompt ?? null,
    until: queue ? waitsUntil(t, it, queue, place!.agentId) : place!.until,
  });
  t.seeking.push(it);
  if (agentId) t.freed.push({ agentId });
}
