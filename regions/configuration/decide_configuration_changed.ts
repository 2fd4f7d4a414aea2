import { agentProfileOf } from "../agents/agent_profile.ts";
import { disconnectAgent } from "../agents/disconnect_agent.ts";
import { sameProfile } from "../agents/same_profile.ts";
import { moveInQueue } from "../queues/move_in_queue.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * The configuration in the context is new. Agents get their new profiles; waiting contacts get
 * their queue's new terms, or move to the queue that was named for theirs; everybody is matched
 * anew. O(agents + waiting contacts): rare, and by hand.
 */
export function decideConfigurationChanged(
  t: Transition,
  command: Extract<TenantCommand, { type: "configuration-changed" }>,
): void {
  for (const agent of [...t.state.agents.values()]) {
    const profile = agentProfileOf(t.configuration, agent.id);
    if (profile && sameProfile(agent, profile)) continue;
    if (profile) t.emit({ type: "agent.configured", agentId: agent.id, ...profile });
    else if (agent.edgeId !== null && agent.assigned.length === 0) disconnectAgent(t, agent);
  }
  const { queues, skills } = t.configuration;
  const waiting = [...t.state.interactions.values()].filter((it) => it.phase === "queued");
  for (const it of waiting) {
    const { queueId } = it.place!;
    const queue = queues.get(command.moveTo[queueId] ?? queueId);
    if (!queue) continue;
    moveInQueue(
      t,
      it,
      queue,
      command.dropRequirements ? ({ skillId }) => skills.has(skillId) : undefined,
    );
  }
  for (const agentId of t.state.agents.keys()) t.freed.push({ agentId });
  for (const [teamId, team] of t.configuration.teams) if (team.capacity) t.freed.push({ teamId });
}
