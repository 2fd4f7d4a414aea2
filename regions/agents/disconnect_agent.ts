import { endWrapUp } from "../interactions/end_wrap_up.ts";
import { kindOf } from "../interactions/interaction.ts";
import { leaveQueue } from "../interactions/leave_queue.ts";
import { requeue } from "../interactions/requeue.ts";
import { endOffer } from "../offers/end_offer.ts";
import { compareByService } from "../routing/compare_by_service.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Agent } from "./agent.ts";

/**
 * The agent's desktop is gone for good. Offers are withdrawn; conversations and virtual contacts go
 * back to their places; wrap-ups end; who waited for this agent alone waits no more; a call goes on, since
 * its audio does not need the desktop's session.
 */
export function disconnectAgent(t: Transition, agent: Agent): void {
  const reserved = t.state.interactions.get(agent.offeredInteractionId ?? "");
  // Who is being called while the agent is kept free is offered to another one.
  const offered = reserved?.offer ? reserved : undefined;
  const assigned = [...agent.assigned];
  if (offered) endOffer(t, offered, "withdrawn");
  t.emit({ type: "agent.disconnected", agentId: agent.id, edgeId: agent.edgeId });
  if (offered) requeue(t, offered, "agent-gone");
  for (const id of assigned) {
    const it = t.state.interactions.get(id);
    if (it?.phase === "wrap-up") endWrapUp(t, it, null);
    else if (it?.phase === "dialling") continue;
    else if (it && (it.virtual || kindOf(it.channel) === "digital")) requeue(t, it, "agent-gone");
  }
  const waiting = t.state.routing.waitingFor(agent.id)
    .sort((a, b) => compareByService(a.place!, b.place!));
  for (const it of waiting) leaveQueue(t, it, "agent-gone");
}
