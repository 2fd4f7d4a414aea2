import { enterActivity } from "../flows/enter_activity.ts";
import { advancePlace } from "../queues/advance_place.ts";
import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";
import { leaveQueue } from "./leave_queue.ts";

/**
 * Gives an interaction its place back and looks for another agent; without one, the treatment that
 * the offer broke into goes on.
 */
export function requeue(
  t: Transition,
  it: Interaction,
  reason: string,
  failedTeamId: string | null = null,
): void {
  const had = it.agentId !== null;
  t.emit({
    type: "interaction.requeued",
    interactionId: it.id,
    reason,
    agentId: it.agentId,
    legId: it.agentLegId,
    until: had && it.call
      ? t.at + t.configuration.settings.maxQueueSeconds * 1000
      : it.place?.until ?? null,
    failedTeamId,
  });
  const awaited = it.place?.agentId ?? null;
  if (awaited !== null && !isThere(t, awaited)) return leaveQueue(t, it, "agent-gone");
  advancePlace(t, it);
  findAgent(t, it);
  if (it.phase === "queued" && it.flow.interrupted && it.flow.activityId !== null) {
    enterActivity(t, it, it.flow.activityId);
  }
}

function isThere(t: Transition, agentId: string): boolean {
  return (t.state.agents.get(agentId)?.edgeId ?? null) !== null;
}
