import { hangUp } from "../calls/hang_up.ts";
import { moveInQueue } from "../queues/move_in_queue.ts";
import type { Transition } from "../tenants/transition.ts";
import { endInteraction } from "./end_interaction.ts";
import { type Interaction, kindOf } from "./interaction.ts";
import { leaveQueue } from "./leave_queue.ts";

/**
 * A contact has waited for as long as it may. One who waited for one agent goes on where its flow
 * said; others move to the queue's overflow, where they are served as of when they were first
 * queued. Without one a caller is released, and a conversation waits on for its own idle time.
 */
export function endWait(t: Transition, it: Interaction): void {
  const place = it.place!;
  // How long a virtual contact's place is kept is not the queue's to say.
  if (it.virtual) return endInteraction(t, it, "deadline");
  if (place.agentId !== null) return leaveQueue(t, it, "waited");
  const queue = t.configuration.queues.get(place.queueId);
  const overflow = t.configuration.queues.get(queue?.overflowQueueId ?? "");
  if (overflow && overflow.id !== place.queueId) {
    moveInQueue(t, it, overflow);
    t.seeking.push(it);
    return;
  }
  if (kindOf(it.channel) === "voice") return hangUp(t, it, "deadline");
  const { queueId, queueName, relativePriority, selection, groups } = place;
  const { requirements, relaxation, agentId } = place;
  t.emit({
    type: "interaction.moved",
    interactionId: it.id,
    ...{ queueId, queueName, relativePriority, selection, groups },
    ...{ requirements, relaxation, agentId },
    until: null,
  });
}
