import { placeInQueue } from "../queues/place_in_queue.ts";
import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * A contact who had fallen silent writes again: their conversation is queued anew where it was,
 * with a fresh place. The queue must be there.
 */
export function queueAgain(t: Transition, it: Interaction): void {
  const place = it.place!;
  placeInQueue(t, it, t.configuration.queues.get(place.queueId)!, {
    priority: place.priority,
    music: place.music,
    requirements: place.requirements,
    relaxation: [],
    agentId: null,
    onUnavailable: null,
    keepsPlace: false,
  });
  findAgent(t, it);
}
