import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { agentProfileOf } from "./agent_profile.ts";
import { sameProfile } from "./same_profile.ts";
import type { Transition } from "../tenants/transition.ts";
import { disconnectAgent } from "./disconnect_agent.ts";

/**
 * The edge tells that an agent's desktop is there, or gone for longer than its grace time.
 * @throws AntiphonError `unknown_entity` when the configuration has no such agent
 */
export function decidePresence(
  t: Transition,
  agentId: string,
  edgeId: string,
  connected: boolean,
): void {
  const agent = t.state.agents.get(agentId);
  if (!connected) {
    if (agent?.edgeId === edgeId) disconnectAgent(t, agent);
    return;
  }
  const profile = agentProfileOf(t.configuration, agentId);
  if (!profile) {
    throw new AntiphonError("unknown_entity", "Ask an administrator to add this agent", {
      data: { agentId },
    });
  }
  if (agent && agent.edgeId === edgeId && sameProfile(agent, profile)) return;
  t.emit({ type: "agent.connected", agentId, edgeId, ...profile });
}
