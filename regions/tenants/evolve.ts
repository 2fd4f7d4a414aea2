import { evolveAgent } from "../agents/evolve_agent.ts";
import { evolveInteraction } from "../interactions/evolve_interaction.ts";
import { evolveOutsideCalls } from "../interactions/evolve_outside_calls.ts";
import type { TenantEvent } from "./tenant_event.ts";
import type { TenantState } from "./tenant_state.ts";

/**
 * Applies one event to a tenant's state, in place. Total: any event of the log can be applied, and
 * one that names what is not there changes nothing but `seq`. O(log n) in the queue's length for
 * events that queue, O(1) otherwise.
 *
 * @param at When the event happened, epoch ms.
 */
export function evolve(state: TenantState, event: TenantEvent, at: number): void {
  state.seq += 1;
  evolveAgent(state, event, at);
  evolveOutsideCalls(state, event);
  evolveInteraction(state, event, at);
}
