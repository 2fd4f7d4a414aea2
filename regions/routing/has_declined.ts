import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";

/** Whether an agent has declined a contact since they last became available. O(declines). */
export function hasDeclined(it: Interaction, agent: Agent): boolean {
  for (const { agentId, at } of it.declined) {
    if (agentId === agent.id && at >= agent.since) return true;
  }
  return false;
}
