import type { QueueActivity } from "../flows/activities/queue/queue_schema.ts";
import { hangUp } from "../calls/hang_up.ts";
import { isOpen } from "../hours/is_open.ts";
import { placeInQueue } from "../queues/place_in_queue.ts";
import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import { type Interaction, kindOf } from "./interaction.ts";

/**
 * Reserves an agent of the queue that a flow names, or parks the contact there. One who waits there
 * already keeps the place, wherever overflow or an administrator has moved it, also when the hours
 * have ended meanwhile. Returns the activity that the flow goes on with: the treatment of a parked
 * contact, or what is done outside the queue's hours; null when the flow waits or is over.
 */
export function queueInteraction(
  t: Transition,
  it: Interaction,
  activity: QueueActivity,
): string | null {
  if (it.virtual) {
    // They keep their place and are called back: nothing but goodbye is left to say.
    hangUp(t, it, "flow-hung-up");
    return null;
  }
  const keepsPlace = it.phase === "queued" && it.place!.agentId === null &&
    it.place!.namedQueueId === activity.queueId;
  const queue = t.configuration.queues.get(keepsPlace ? it.place!.queueId : activity.queueId);
  if (!queue) {
    if (keepsPlace) return activity.next ?? null;
    t.emit({ type: "flow.ended", interactionId: it.id, reason: "queue-missing", thread: 0 });
    if (it.phase !== "queued") hangUp(t, it, "failure");
    return null;
  }
  const hours = t.configuration.hours.get(queue.businessHoursId ?? "");
  if (!keepsPlace && hours && !isOpen(hours, t.at)) {
    if (activity.onClosed !== undefined) return activity.onClosed;
    if (kindOf(it.channel) === "voice") {
      t.emit({ type: "flow.ended", interactionId: it.id, reason: "queue-closed", thread: 0 });
      hangUp(t, it, "flow-hung-up");
      return null;
    }
  }
  const from = keepsPlace ? it.place!.queuedAt : t.at;
  const steps = activity.relaxation
    .map((step) => ({ at: from + step.afterSeconds * 1000, requirements: step.requirements }));
  const reached = steps.findLast((step) => step.at <= t.at);
  placeInQueue(t, it, queue, {
    priority: activity.priority,
    music: activity.music,
    requirements: reached?.requirements ?? activity.requirements,
    relaxation: steps.filter((step) => step.at > t.at),
    agentId: null,
    onUnavailable: null,
    keepsPlace,
  });
  findAgent(t, it);
  return it.phase === "queued" ? activity.next ?? null : null;
}
