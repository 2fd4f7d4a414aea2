import type { TenantEvent } from "../tenants/tenant_event.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import type { Agent } from "./agent.ts";

/** Applies what an event means for agents. Runs before the interaction itself changes. */
export function evolveAgent(state: TenantState, event: TenantEvent, at: number): void {
  switch (event.type) {
    case "agent.connected": {
      const agent = known(state, event.agentId, at);
      agent.name = event.name;
      agent.edgeId = event.edgeId;
      if (agent.state === "signed-out") setState(agent, "idle", null, at);
      return;
    }
    case "agent.disconnected": {
      const agent = state.agents.get(event.agentId);
      if (!agent) return;
      agent.edgeId = null;
      setState(agent, "signed-out", null, at);
      forget(state, agent);
      return;
    }
    case "agent.state-changed": {
      const agent = known(state, event.agentId, at);
      setState(agent, event.state, event.idleCode, at);
      return;
    }
    case "agent.softphone-changed": {
      const agent = known(state, event.agentId, at);
      agent.softphonePopId = event.popId;
      forget(state, agent);
      return;
    }
    case "offer.made":
      known(state, event.agentId, at).offeredInteractionId = event.interactionId;
      return;
    case "offer.ended": {
      const agent = known(state, event.agentId, at);
      agent.offeredInteractionId = null;
      return;
    }
    case "interaction.connecting":
    case "interaction.connected": {
      const agent = known(state, event.agentId, at);
      if (!agent.assigned.includes(event.interactionId)) agent.assigned.push(event.interactionId);
      return;
    }
    case "wrap-up.ended":
      release(state, event.agentId, event.interactionId, at);
      return;
    case "interaction.requeued":
    case "interaction.ended": {
      const agentId = state.interactions.get(event.interactionId)?.agentId;
      if (agentId) release(state, agentId, event.interactionId, at);
      return;
    }
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
    };
    state.agents.set(agentId, agent);
  }
  return agent;
}

function setState(agent: Agent, to: Agent["state"], idleCode: string | null, at: number): void {
  if (agent.state !== to) agent.since = at;
  if (to === "available" && agent.state !== "available") agent.freeSince = at;
  agent.state = to;
  agent.idleCode = idleCode;
}

function release(state: TenantState, agentId: string, interactionId: string, at: number): void {
  const agent = state.agents.get(agentId);
  if (!agent?.assigned.includes(interactionId)) return;
  agent.assigned = agent.assigned.filter((id) => id !== interactionId);
  agent.freeSince = at;
  forget(state, agent);
}

/** Drops an agent of whom nothing is left to remember. */
function forget(state: TenantState, agent: Agent): void {
  const gone = agent.edgeId === null && agent.softphonePopId === null &&
    agent.assigned.length === 0 && agent.offeredInteractionId === null;
  if (gone) state.agents.delete(agent.id);
}
