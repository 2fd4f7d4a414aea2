import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import { type AgentProfile, agentProfileOf } from "../agents/agent_profile.ts";
import { holdBack } from "../callbacks/hold_back.ts";
import type { Interaction, InteractionPhase } from "../interactions/interaction.ts";
import { sameProfile } from "../agents/same_profile.ts";
import { moveInQueue } from "../queues/move_in_queue.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";

/** What an agent who is no longer configured can still do: finish what they have. */
const NOTHING: Omit<AgentProfile, "name"> = {
  teamIds: [],
  skills: {},
  capacity: { voice: 0, chat: 0, email: 0, social: 0, blending: "exclusive" },
};
/** Phases from which no contact comes back to its place. */
const OVER: ReadonlySet<InteractionPhase> = new Set(["flow", "wrap-up", "ending", "ended"]);

/** Someone who is to be called waits by the hours of now; a pause goes on. */
function callWindowChanged(t: Transition, it: Interaction): void {
  if (it.phase === "queued") holdBack(t, it);
  if (it.phase !== "postponed" || it.callback?.lastCause) return;
  if (it.call && !it.call.ended) return;
  if (!holdBack(t, it)) t.seeking.push(it);
}

/**
 * The configuration in the context is new. Agents get their new profiles, and those who are gone
 * from it nothing new; contacts with a place, whether they wait or may come back to it, get their
 * queue's new terms or move to the queue that was named for theirs; everybody is matched anew.
 * O(agents + contacts): rare, and by hand.
 */
export function decideConfigurationChanged(
  t: Transition,
  command: Extract<TenantCommand, { type: "configuration-changed" }>,
): void {
  for (const agent of [...t.state.agents.values()]) {
    const profile = agentProfileOf(t.configuration, agent.id);
    if (profile && sameProfile(agent, profile)) continue;
    const next = profile ?? { ...NOTHING, name: agent.name };
    if (sameProfile(agent, next)) continue;
    t.emit({ type: "agent.configured", agentId: agent.id, ...next });
  }
  const { queues, skills } = t.configuration;
  const keeps = command.dropRequirements
    ? ({ skillId }: SkillRequirement) => skills.has(skillId)
    : undefined;
  for (const it of [...t.state.interactions.values()]) {
    if (!it.place || OVER.has(it.phase)) continue;
    const { queueId } = it.place;
    const queue = queues.get(command.moveTo[queueId] ?? queueId);
    if (queue) moveInQueue(t, it, queue, { keeps });
    if (it.virtual) callWindowChanged(t, it);
  }
  for (const agentId of t.state.agents.keys()) t.freed.push({ agentId });
  for (const [teamId, team] of t.configuration.teams) if (team.capacity) t.freed.push({ teamId });
}
