import type {
  Stranded,
  StrandResolution,
} from "../../protocol/configuration/configuration_plan.ts";
import type { Interaction, QueuePlace } from "../interactions/interaction.ts";
import { requirementProblem } from "../skills/requirement_problem.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import { flowsAhead } from "./flows_ahead.ts";
import type { ConfigurationIndex } from "./configuration_index.ts";

const NO_RESOLUTION: StrandResolution = { moveTo: {}, dropRequirements: false };
/** Interactions of one reason that are named. */
const NAMED = 100;

/** Phases in which an interaction waits, or may come back to its place. */
const IN_QUEUE: ReadonlySet<Interaction["phase"]> = new Set([
  "queued",
  "offered",
  "postponed",
  "dialling",
  "connecting",
  "connected",
  "interrupted",
  "outside",
  "dormant",
]);
/** Phases in which it looks for an agent. */
const SEARCHING: ReadonlySet<Interaction["phase"]> = new Set([
  "queued",
  "offered",
  "postponed",
]);

/**
 * Which live interactions a change of configuration would leave where nobody can serve them, or
 * would take the agent from. What would be so without the change is not counted.
 *
 * - `queue_deleted`, `queue_kind_changed`: contacts wait in the queue, are with agents from it, or
 *   their flow may still lead there;
 * - `skill_deleted`, `skill_changed`: waiting contacts ask for it, and nobody can have it any more;
 * - `no_team_left`: waiting contacts whose search has no team with agents or capacity any more;
 * - `agent_deleted`, `agent_moved`: the agent, who leaves a team, has or is offered interactions.
 *
 * @param resolution What is to become of them: contacts of the queues in `moveTo` are judged by the
 * queue they move to.
 * @returns One entry for each entity and reason, by kind and id. O(agents + interactions).
 */
export function strandedBy(
  state: TenantState,
  before: ConfigurationIndex,
  after: ConfigurationIndex,
  resolution: StrandResolution = NO_RESOLUTION,
): Stranded[] {
  if (before.document === after.document) return [];
  const found = new Map<
    string,
    Omit<Stranded, "count" | "interactionIds"> & { its: Set<string> }
  >();
  const strand = (reason: Stranded["reason"], kind: Stranded["kind"], id: string, it: string) => {
    const key = `${kind}/${id}/${reason}`;
    const known = found.get(key);
    if (known) known.its.add(it);
    else found.set(key, { reason, kind, id, its: new Set([it]) });
  };

  for (const agent of state.agents.values()) {
    const known = before.agents.get(agent.id);
    if (!known) continue;
    const next = after.agents.get(agent.id);
    const stays = next && known.teamIds.every((id) => next.teamIds.includes(id));
    if (stays) continue;
    const offered = agent.offeredInteractionId === null ? [] : [agent.offeredInteractionId];
    const reason = next ? "agent_moved" : "agent_deleted";
    for (const id of new Set([...agent.assigned, ...offered])) {
      strand(reason, "agents", agent.id, id);
    }
  }

  const staffed = { before: staffedTeams(before), after: staffedTeams(after) };
  for (const it of state.interactions.values()) {
    const { place } = it;
    if (!place || !IN_QUEUE.has(it.phase)) continue;
    const known = before.queues.get(place.queueId);
    const moved = Object.hasOwn(resolution.moveTo, place.queueId);
    const next = after.queues.get(moved ? resolution.moveTo[place.queueId] : place.queueId);
    if (known && !next) strand("queue_deleted", "queues", place.queueId, it.id);
    else if (known && next && known.kind !== next.kind) {
      strand("queue_kind_changed", "queues", place.queueId, it.id);
    } else if (
      known && next && SEARCHING.has(it.phase) && place.agentId === null &&
      hasTeam(place, known.distribution, staffed.before) &&
      !hasTeam(moved ? null : place, next.distribution, staffed.after)
    ) strand("no_team_left", "queues", place.queueId, it.id);
    if (!SEARCHING.has(it.phase)) continue;
    for (const { skillId, reason } of lostSkills(place, before, after)) {
      if (reason === "skill_deleted" && resolution.dropRequirements) continue;
      strand(reason, "skills", skillId, it.id);
    }
  }
  const ahead = flowsAhead(before.flows, before.flowVersions);
  for (const it of state.interactions.values()) {
    if (it.phase !== "flow" && !IN_QUEUE.has(it.phase)) continue;
    const { queueIds, skillIds } = ahead(it.flow);
    for (const id of queueIds) {
      const moves = Object.hasOwn(resolution.moveTo, id);
      if (moves || !before.queues.has(id) || after.queues.has(id)) continue;
      strand("queue_deleted", "queues", id, it.id);
    }
    if (resolution.dropRequirements) continue;
    for (const id of skillIds) {
      if (!before.skills.has(id) || after.skills.has(id)) continue;
      strand("skill_deleted", "skills", id, it.id);
    }
  }
  return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([, { its, ...entry }]) => ({
    ...entry,
    count: its.size,
    interactionIds: [...its].slice(0, NAMED),
  }));
}

/** Teams that have agents, or take calls themselves. */
function staffedTeams(configuration: ConfigurationIndex): Set<string> {
  const staffed = new Set<string>();
  for (const agent of configuration.agents.values()) {
    for (const id of agent.teamIds) staffed.add(id);
  }
  for (const team of configuration.teams.values()) if (team.capacity) staffed.add(team.id);
  return staffed;
}

/** Teams that search go on searching, and the queue's groups join them. */
function hasTeam(
  place: QueuePlace | null,
  distribution: readonly { teamIds: readonly string[] }[],
  staffed: ReadonlySet<string>,
): boolean {
  const joined = place ? place.groups.slice(0, place.groupsJoined) : [];
  return [...distribution, ...joined].some(({ teamIds }) => teamIds.some((id) => staffed.has(id)));
}

function lostSkills(
  place: QueuePlace,
  before: ConfigurationIndex,
  after: ConfigurationIndex,
): { skillId: string; reason: "skill_deleted" | "skill_changed" }[] {
  const asked = [place.requirements, ...place.relaxation.map((step) => step.requirements)].flat();
  const lost = new Map<string, "skill_deleted" | "skill_changed">();
  for (const requirement of asked) {
    const { skillId } = requirement;
    if (requirementProblem(requirement, before.skills)) continue;
    if (!requirementProblem(requirement, after.skills)) continue;
    lost.set(skillId, after.skills.has(skillId) ? "skill_changed" : "skill_deleted");
  }
  return [...lost].map(([skillId, reason]) => ({ skillId, reason }));
}
