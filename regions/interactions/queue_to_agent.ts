import type { QueueToAgentActivity } from "../flows/activities/queue_to_agent/queue_to_agent_schema.ts";
import { hangUp } from "../calls/hang_up.ts";
import { isOpen } from "../hours/is_open.ts";
import { placeInQueue } from "../queues/place_in_queue.ts";
import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * Reserves one agent, or parks the contact until that agent is free. Returns the activity that the
 * flow goes on with: the treatment, or what is done when the agent is not there or the queue is
 * closed; null when it waits.
 *
 * @param agentId As the activity's template gives it.
 */
export function queueToAgent(
  t: Transition,
  it: Interaction,
  activity: QueueToAgentActivity,
  agentId: string,
): string | null {
  if (it.virtual) {
    // They keep their place and are called back: nothing but goodbye is left to say.
    hangUp(t, it, "flow-hung-up");
    return null;
  }
  const keepsPlace = it.phase === "queued" && it.place!.agentId === agentId &&
    it.place!.namedQueueId === activity.queueId;
  const queue = t.configuration.queues.get(keepsPlace ? it.place!.queueId : activity.queueId);
  const agent = t.state.agents.get(agentId);
  if (!queue || !agent || agent.edgeId === null) return activity.onUnavailable;
  const hours = t.configuration.hours.get(queue.businessHoursId ?? "");
  if (!keepsPlace && hours && !isOpen(hours, t.at)) return activity.onUnavailable;
  placeInQueue(t, it, queue, {
    priority: activity.priority,
    music: activity.music,
    requirements: [],
    relaxation: [],
    agentId,
    onUnavailable: activity.onUnavailable,
    keepsPlace,
  });
  findAgent(t, it);
  return it.phase === "queued" ? activity.next ?? null : null;
}
