import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { compareByService } from "./compare_by_service.ts";
import { findOutsideCall } from "./find_outside_call.ts";
import { makeOffer } from "./make_offer.ts";

/**
 * Finds work for all whom a decision has freed: of the contacts they may take, the one that is to be
 * served first goes to the first agent for it, until nobody freed may take anything; then capacity
 * based teams have their turn. O(lines) for one agent; with f agents freed at once, as when a PoP
 * comes back, O(f × lines) an offer.
 */
export function findWork(t: Transition): void {
  const agentIds = new Set<string>();
  const teamIds: string[] = [];
  for (;;) {
    for (const freed of t.freed.splice(0)) {
      if ("agentId" in freed) agentIds.add(freed.agentId);
      else teamIds.push(freed.teamId);
    }
    const next = firstServed(t, agentIds);
    if (next) {
      // Another of the freed may be the one who is free for longer, or better at it.
      const best = agentIds.size > 1 ? t.state.routing.bestAgent(next.it) : undefined;
      makeOffer(t, next.it, best ?? next.agent);
      continue;
    }
    const teamId = teamIds.shift();
    if (teamId === undefined) return;
    findOutsideCall(t, teamId);
  }
}

/** The contact to be served first among all that some agents may take; forgets idle agents. */
function firstServed(
  t: Transition,
  agentIds: Set<string>,
): { it: Interaction; agent: Agent } | undefined {
  let first: { it: Interaction; agent: Agent } | undefined;
  for (const agentId of agentIds) {
    const agent = t.state.agents.get(agentId);
    const it = agent && t.state.routing.bestInteraction(agent);
    if (!it) agentIds.delete(agentId);
    else if (!first || compareByService(it.place!, first.it.place!) < 0) first = { it, agent };
  }
  return first;
}
