import type { Activity } from "../../protocol/flow/flow_document.ts";
import { hangUp } from "../calls/hang_up.ts";
import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

type QueueActivity = Extract<Activity, { type: "queue" }>;

/** Puts an interaction into the queue its flow named, and offers it if an agent is free. */
export function queueInteraction(t: Transition, it: Interaction, activity: QueueActivity): void {
  const queue = t.configuration.queues.get(activity.queueId);
  if (!queue) {
    t.emit({ type: "flow.ended", interactionId: it.id, reason: "queue-missing" });
    return hangUp(t, it, "failure");
  }
  t.emit({
    type: "interaction.queued",
    interactionId: it.id,
    queueId: queue.id,
    queueName: queue.name,
    priority: activity.priority,
    groups: queue.distribution
      .map((group) => ({ at: t.at + group.afterSeconds * 1000, teamIds: group.teamIds }))
      .sort((a, b) => a.at - b.at),
    music: activity.music,
    until: it.call ? t.at + t.configuration.settings.maxQueueSeconds * 1000 : null,
  });
  findAgent(t, it);
}
