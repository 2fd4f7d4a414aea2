import type { AgentView } from "../../protocol/agent_session/agent_view.ts";
import type { Agent } from "./agent.ts";

/** An agent as their desktop shows them. */
export function agentView(agent: Agent): AgentView {
  return {
    id: agent.id,
    name: agent.name,
    state: agent.state,
    idleCode: agent.idleCode,
    since: agent.since,
    softphoneConnected: agent.softphonePopId !== null,
  };
}
