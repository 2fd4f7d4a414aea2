import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { matchAgents } from "./match_agents.ts";
import { matchOutside } from "./match_outside.ts";

/**
 * Reserves the best agent for a contact who waits since just now, or passes a call on to a capacity
 * based team, if one can take it. Whoever the same decision has brought to wait or freed before, and
 * comes first, is served first. O(log agents) where there is nobody else.
 */
export function findAgent(t: Transition, it: Interaction): void {
  matchAgents(t, it);
  matchOutside(t, it);
}
