import type { Agent } from "../agents/agent.ts";
import { type Interaction, kindOf } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * Whether a waiting interaction may be offered to an agent now: the agent is available with a
 * desktop open and no offer standing, belongs to a team that has joined the search, has room for
 * one more contact of this kind, did not decline it since becoming available, and for a call has a
 * softphone at the call's PoP. O(teams of the groups joined + contacts the agent has).
 */
export function isEligible(t: Transition, agent: Agent, it: Interaction): boolean {
  if (agent.state !== "available" || agent.edgeId === null) return false;
  if (agent.offeredInteractionId !== null) return false;
  if (it.call && agent.softphonePopId !== it.call.popId) return false;
  if (it.declined.some((d) => d.agentId === agent.id && d.at >= agent.since)) return false;
  return inSearch(t, agent, it) && hasRoom(t, agent, it);
}

function inSearch(t: Transition, agent: Agent, it: Interaction): boolean {
  const teams = t.configuration.agents.get(agent.id)?.teamIds ?? [];
  const place = it.place!;
  for (let i = 0; i < place.groupsJoined; i++) {
    if (place.groups[i].teamIds.some((team) => teams.includes(team))) return true;
  }
  return false;
}

/** A call takes the agent's whole attention: beside it nothing new is offered. */
function hasRoom(t: Transition, agent: Agent, it: Interaction): boolean {
  const { capacity } = t.configuration.settings;
  let voice = 0;
  let digital = 0;
  for (const id of agent.assigned) {
    const other = t.state.interactions.get(id);
    if (other && kindOf(other.channel) === "voice") voice += 1;
    else if (other) digital += 1;
  }
  if (voice > 0) return false;
  return kindOf(it.channel) === "voice" ? capacity.voice > 0 : digital < capacity.social;
}
