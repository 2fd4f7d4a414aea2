import type { Transition } from "../tenants/transition.ts";
import { findInteraction } from "./find_interaction.ts";
import { findOutsideCall } from "./find_outside_call.ts";

/** Finds work for all whom a decision has freed, in the order in which they were. */
export function findWork(t: Transition): void {
  for (let freed = t.freed.shift(); freed; freed = t.freed.shift()) {
    if ("agentId" in freed) findInteraction(t, freed.agentId);
    else findOutsideCall(t, freed.teamId);
  }
}
