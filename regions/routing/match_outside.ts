import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { findOutsideTeam } from "./find_outside_team.ts";
import { passOutside } from "./pass_outside.ts";

/** Passes a call that no agent can take on to a capacity based team, if one has room. */
export function matchOutside(t: Transition, it: Interaction): void {
  if (it.phase !== "queued") return;
  const team = findOutsideTeam(t, it);
  if (team) passOutside(t, it, team);
}
