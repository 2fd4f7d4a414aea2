import type { Transition } from "../tenants/transition.ts";
import { isOutside, roomOf } from "./find_outside_team.ts";
import { passOutside } from "./pass_outside.ts";

/**
 * Passes the call that is to be served next on to a capacity based team that has room again. Returns
 * whether there was one: then there may be another.
 */
export function findOutsideCall(t: Transition, teamId: string): boolean {
  const team = t.configuration.teams.get(teamId);
  if (!team || !isOutside(team) || roomOf(t, team) <= 0) return false;
  const it = t.state.routing.bestForTeam(teamId);
  if (it) passOutside(t, it, team);
  return it !== undefined;
}
