import { hangUp } from "../calls/hang_up.ts";
import { goBackTo } from "../flows/go_back_to.ts";
import { enterActivity } from "../flows/engine/enter_activity.ts";
import { moveInQueue } from "../queues/move_in_queue.ts";
import type { Transition } from "../tenants/transition.ts";
import { endInteraction } from "./end_interaction.ts";
import type { Interaction } from "./interaction.ts";

/**
 * A contact who waited for one agent waits for that agent no more: its flow goes on where it said
 * for that case. A virtual contact, who has no flow any more, is served by the queue's agents.
 */
export function leaveQueue(t: Transition, it: Interaction, reason: string): void {
  const { onUnavailable, queueId, queuedBy } = it.place!;
  if (it.virtual) {
    const queue = t.configuration.queues.get(queueId);
    if (!queue) return endInteraction(t, it, reason);
    moveInQueue(t, it, queue, { forAnyone: true });
    t.seeking.push(it);
    return;
  }
  if (onUnavailable === null) return hangUp(t, it, "failure");
  t.emit({ type: "interaction.left-queue", interactionId: it.id, reason });
  goBackTo(t, it, queuedBy);
  enterActivity(t, it, onUnavailable);
}
