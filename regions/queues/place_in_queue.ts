import type { QueueConfiguration } from "../../protocol/configuration/queue_configuration.ts";
import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import { type Interaction, kindOf, type TimedRequirements } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { estimateWait } from "./estimate_wait.ts";
import { queueGroups } from "./queue_groups.ts";

/** What a contact asks of a queue. */
export interface QueueRequest {
  priority: number;
  music: string;
  requirements: SkillRequirement[];
  /** Steps with their times, epoch ms. */
  relaxation: TimedRequirements[];
  agentId: string | null;
  onUnavailable: string | null;
  /** It waits in this queue already and stays where it stands. */
  keepsPlace: boolean;
  /** Waits so long at most, whatever the queue says (epoch ms). */
  until?: number;
}

/** Puts a contact into a queue. O(groups + log n). */
export function placeInQueue(
  t: Transition,
  it: Interaction,
  queue: QueueConfiguration,
  request: QueueRequest,
): void {
  const before = request.keepsPlace ? it.place : null;
  const named = before?.namedQueueId ?? queue.id;
  const { until, ...rest } = request;
  t.emit({
    type: "interaction.queued",
    interactionId: it.id,
    queueId: queue.id,
    queueName: queue.name,
    relativePriority: queue.relativePriority,
    selection: queue.selection,
    groups: before?.groups ?? queueGroups(t, queue, t.at, null),
    estimatedWait: estimateWait(
      t.state.paces.get(queue.id),
      t.state.routing.waitingIn(queue.id).size,
    ),
    until: until ?? (before ? before.until : waitsUntil(t, it, queue, request.agentId)),
    idleUntil: it.idleUntil === null
      ? null
      : Math.max(it.idleUntil, t.at + t.configuration.settings.digitalIdleSeconds * 1000),
    namedQueueId: named === queue.id ? null : named,
    ...rest,
  });
}

/**
 * When a contact who joins a queue now has waited long enough (epoch ms). Digital contacts, who
 * have their own idle time, wait without end unless the queue overflows into another one and they
 * do not wait for one agent.
 */
export function waitsUntil(
  t: Transition,
  it: Interaction,
  queue: QueueConfiguration,
  agentId: string | null,
): number | null {
  const moves = queue.overflowQueueId !== undefined && agentId === null;
  if (kindOf(it.channel) === "digital" && !moves) return null;
  return t.at + (queue.maxWaitSeconds ?? t.configuration.settings.maxQueueSeconds) * 1000;
}
