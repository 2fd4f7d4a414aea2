import type { Agent } from "./agent.ts";
import { type Interaction, kindOf } from "../interactions/interaction.ts";
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
      const offered = offeredCall(t, agent);
      t.emit({ type: "agent.softphone-changed", agentId, popId });
      const isElsewhere = !offered?.virtual && offered?.call?.popId !== popId;
      if (offered && isElsewhere) withdraw(t, offered);
    }
    rejoin(t, popId, agentId);
    t.freed.push({ agentId });
    return;
  }
  if (agent?.softphonePopId !== popId) return;
  const offered = offeredCall(t, agent);
  t.emit({ type: "agent.softphone-changed", agentId, popId: null });
  if (offered) {
    withdraw(t, offered);
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

/** The call that an agent is being offered, or that is to be made for them. */
function offeredCall(t: Transition, agent: Agent | undefined): Interaction | undefined {
  const offered = t.state.interactions.get(agent?.offeredInteractionId ?? "");
  return offered?.offer && kindOf(offered.channel) === "voice" ? offered : undefined;
}

function withdraw(t: Transition, it: Interaction): void {
  endOffer(t, it, "withdrawn");
  requeue(t, it, "softphone-gone");
}
