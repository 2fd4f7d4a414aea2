import { holdBack } from "../callbacks/hold_back.ts";
import { advancePlace } from "../queues/advance_place.ts";
import { waitsUntil } from "../queues/place_in_queue.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";
import { leaveQueue } from "./leave_queue.ts";

/**
 * Gives an interaction its place back. Before the decision ends another agent is looked for, and
 * without one its treatment goes on. A contact for one agent who declined it or is gone waits no
 * more.
 */
export function requeue(
  t: Transition,
  it: Interaction,
  reason: string,
  failedTeamId: string | null = null,
): void {
  t.emit({
    type: "interaction.requeued",
    interactionId: it.id,
    reason,
    agentId: it.agentId,
    legId: it.agentLegId,
    until: freshWait(t, it) ?? it.place?.until ?? null,
    failedTeamId,
  });
  const awaited = it.place!.agentId;
  if (awaited !== null && (reason === "declined" || !isThere(t, awaited))) {
    return leaveQueue(t, it, reason);
  }
  if (it.virtual && holdBack(t, it)) return;
  advancePlace(t, it);
  t.seeking.push(it);
}

/** A caller who had been talking to somebody waits anew. */
function freshWait(t: Transition, it: Interaction): number | null {
  const queue = t.configuration.queues.get(it.place?.queueId ?? "");
  if (it.connectedAt === null || !it.call || it.virtual || !queue) return null;
  return waitsUntil(t, it, queue, it.place!.agentId);
}

function isThere(t: Transition, agentId: string): boolean {
  return (t.state.agents.get(agentId)?.edgeId ?? null) !== null;
}
