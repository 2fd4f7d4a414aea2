import { requeue } from "../interactions/requeue.ts";
import { connectAgent } from "../calls/connect_agent.ts";
import { endOffer } from "../offers/end_offer.ts";
import type { Transition } from "../tenants/transition.ts";

/** A PoP tells that an agent's softphone came or went. Calls are offered only while it is there. */
export function decideSoftphone(
  t: Transition,
  popId: string,
  agentId: string,
  connected: boolean,
): void {
  const agent = t.state.agents.get(agentId);
  if (connected) {
    if (agent?.softphonePopId !== popId) {
      t.emit({ type: "agent.softphone-changed", agentId, popId });
    }
    rejoin(t, popId, agentId);
    t.freed.push({ agentId });
    return;
  }
  if (agent?.softphonePopId !== popId) return;
  const offered = t.state.interactions.get(agent.offeredInteractionId ?? "");
  t.emit({ type: "agent.softphone-changed", agentId, popId: null });
  if (offered?.call) {
    endOffer(t, offered, "withdrawn");
    requeue(t, offered, "softphone-gone");
    // Without a softphone there are still conversations to take.
    t.freed.push({ agentId });
  }
}

/** A call that the agent's softphone was lost from is joined again. */
function rejoin(t: Transition, popId: string, agentId: string): void {
  for (const id of t.state.agents.get(agentId)?.assigned ?? []) {
    const it = t.state.interactions.get(id);
    if (it?.phase === "interrupted" && it.call?.popId === popId) connectAgent(t, it, agentId);
  }
}
