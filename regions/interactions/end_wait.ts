import { hangUp } from "../calls/hang_up.ts";
import { moveInQueue } from "../queues/move_in_queue.ts";
import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import { endInteraction } from "./end_interaction.ts";
import type { Interaction } from "./interaction.ts";

/**
 * A contact has waited for as long as its queue allows: it moves to the queue's overflow, where it
 * is served as of when it was first queued, or is released.
 */
export function endWait(t: Transition, it: Interaction): void {
  const place = it.place!;
  // How long a virtual contact's place is kept is not the queue's to say.
  if (it.virtual) return endInteraction(t, it, "deadline");
  const queue = t.configuration.queues.get(place.queueId);
  const overflow = t.configuration.queues.get(queue?.overflowQueueId ?? "");
  if (overflow && place.agentId === null) {
    moveInQueue(t, it, overflow);
    return findAgent(t, it);
  }
  return hangUp(t, it, "deadline");
}
