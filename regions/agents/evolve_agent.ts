import { MediaCapacity } from "../../protocol/configuration/multimedia_profile.ts";
import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { TenantEvent } from "../tenants/tenant_event.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import type { Agent } from "./agent.ts";

/** Applies what an event means for agents. Runs before the interaction itself changes. */
export function evolveAgent(state: TenantState, event: TenantEvent, at: number): void {
  const agent = apply(state, event, at);
  if (!agent) return;
  if (isGone(agent)) {
    state.agents.delete(agent.id);
    state.routing.agentGone(agent);
  } else {
    state.routing.agentChanged(agent);
  }
}

/** Returns the agent who changed. */
function apply(state: TenantState, event: TenantEvent, at: number): Agent | undefined {
  switch (event.type) {
    case "agent.connected": {
      const agent = known(state, event.agentId, at);
      setProfile(agent, event);
      agent.edgeId = event.edgeId;
      if (agent.state === "signed-out") setState(agent, "idle", null, at);
      return agent;
    }
    case "agent.configured": {
      const agent = known(state, event.agentId, at);
      setProfile(agent, event);
      return agent;
    }
    case "agent.disconnected": {
      const agent = state.agents.get(event.agentId);
      if (!agent) return undefined;
      agent.edgeId = null;
      setState(agent, "signed-out", null, at);
      return agent;
    }
    case "agent.state-changed": {
      const agent = known(state, event.agentId, at);
      setState(agent, event.state, event.idleCode, at);
      return agent;
    }
    case "agent.softphone-changed": {
      const agent = known(state, event.agentId, at);
      agent.softphonePopId = event.popId;
      return agent;
    }
    case "offer.made": {
      const agent = known(state, event.agentId, at);
      agent.offeredInteractionId = event.interactionId;
      return agent;
    }
    case "offer.ended": {
      const agent = known(state, event.agentId, at);
      agent.offeredInteractionId = null;
      return agent;
    }
    case "interaction.dialled": {
      const agent = known(state, event.agentId, at);
      if (event.agentLegId !== null) return assign(state, agent, event.interactionId);
      agent.offeredInteractionId = event.interactionId;
      return agent;
    }
    case "interaction.attempt-failed":
    case "interaction.reached": {
      if (event.agentId) return release(state, event.agentId, event.interactionId, at);
      return unreserve(state, event.interactionId);
    }
    case "interaction.connecting":
    case "interaction.connected": {
      return assign(state, known(state, event.agentId, at), event.interactionId);
    }
    case "wrap-up.ended":
    case "interaction.unassigned":
      return release(state, event.agentId, event.interactionId, at);
    case "interaction.requeued":
    case "interaction.ended": {
      const agentId = state.interactions.get(event.interactionId)?.agentId;
      if (event.type === "interaction.ended" && !agentId) {
        return unreserve(state, event.interactionId);
      }
      return agentId ? release(state, agentId, event.interactionId, at) : undefined;
    }
    default:
      return undefined;
  }
}

function known(state: TenantState, agentId: string, at: number): Agent {
  let agent = state.agents.get(agentId);
  if (!agent) {
    agent = {
      id: agentId,
      name: agentId,
      state: "signed-out",
      idleCode: null,
      since: at,
      freeSince: at,
      edgeId: null,
      softphonePopId: null,
      offeredInteractionId: null,
      assigned: [],
      load: { voice: 0, chat: 0, email: 0, social: 0 },
      teamIds: [],
      skills: {},
      capacity: MediaCapacity.parse({}),
    };
    state.agents.set(agentId, agent);
  }
  return agent;
}

function setProfile(
  agent: Agent,
  profile: Pick<Agent, "name" | "teamIds" | "skills" | "capacity">,
): void {
  agent.name = profile.name;
  agent.teamIds = profile.teamIds;
  agent.skills = profile.skills;
  agent.capacity = profile.capacity;
}

function setState(agent: Agent, to: Agent["state"], idleCode: string | null, at: number): void {
  if (agent.state !== to) agent.since = at;
  if (to === "available" && agent.state !== "available") agent.freeSince = at;
  agent.state = to;
  agent.idleCode = idleCode;
}

function assign(state: TenantState, agent: Agent, interactionId: string): Agent | undefined {
  if (agent.assigned.includes(interactionId)) return undefined;
  const it = state.interactions.get(interactionId);
  if (!it) return undefined;
  agent.assigned.push(it.id);
  agent.load[mediaOf(it.channel)] += 1;
  return agent;
}

/** The agent who was kept free for a contact is free again. */
function unreserve(state: TenantState, interactionId: string): Agent | undefined {
  const agentId = state.interactions.get(interactionId)?.callback?.reservedAgentId;
  const agent = state.agents.get(agentId ?? "");
  if (agent?.offeredInteractionId !== interactionId) return undefined;
  agent.offeredInteractionId = null;
  return agent;
}

function release(
  state: TenantState,
  agentId: string,
  interactionId: string,
  at: number,
): Agent | undefined {
  const agent = state.agents.get(agentId);
  const it = state.interactions.get(interactionId);
  if (!agent?.assigned.includes(interactionId) || !it) return undefined;
  agent.assigned = agent.assigned.filter((id) => id !== interactionId);
  agent.load[mediaOf(it.channel)] -= 1;
  agent.freeSince = at;
  return agent;
}

/** Whether nothing is left to remember of an agent. */
function isGone(agent: Agent): boolean {
  return agent.edgeId === null && agent.softphonePopId === null && agent.assigned.length === 0 &&
    agent.offeredInteractionId === null;
}
