import type { Team } from "../../protocol/configuration/team.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/** A team that is a telephone number. */
export type CapacityTeam = Team & { capacity: NonNullable<Team["capacity"]> };

/**
 * The first capacity based team with room in the groups that have joined the search for a call;
 * teams that did not answer it are passed over. What skills are asked for does not matter: the
 * number is there for what nobody else can take. O(teams of the groups joined).
 */
export function findOutsideTeam(t: Transition, it: Interaction): CapacityTeam | undefined {
  const place = it.place!;
  if (!it.call || it.call.ended || it.virtual || place.agentId !== null) return undefined;
  for (let i = 0; i < place.groupsJoined; i++) {
    for (const id of place.groups[i].teamIds) {
      const team = t.configuration.teams.get(id);
      if (!team || !isOutside(team) || place.triedTeamIds.includes(id)) continue;
      if (roomOf(t, team) > 0) return team;
    }
  }
  return undefined;
}

/** Calls that a capacity based team can take besides those it has. */
export function roomOf(t: Transition, team: CapacityTeam): number {
  return team.capacity.calls - (t.state.outsideCalls.get(team.id) ?? 0);
}

/** Whether a team is a number. */
export function isOutside(team: Team): team is CapacityTeam {
  return team.capacity !== undefined;
}
