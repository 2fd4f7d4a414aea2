import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { findOutsideTeam } from "./find_outside_team.ts";
import { makeOffer } from "./make_offer.ts";
import { passOutside } from "./pass_outside.ts";

/**
 * Reserves the best agent for a waiting contact, or passes a call on to a capacity based team, if
 * one can take it now. O(log agents), and O(lines) for each agent who changed since the last search.
 */
export function findAgent(t: Transition, it: Interaction): void {
  if (it.phase !== "queued") return;
  const agent = t.state.routing.bestAgent(it);
  if (agent) return makeOffer(t, it, agent);
  const team = findOutsideTeam(t, it);
  if (team) passOutside(t, it, team);
}
