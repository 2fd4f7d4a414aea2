import type { TenantEvent } from "../tenants/tenant_event.ts";
import type { TenantState } from "../tenants/tenant_state.ts";

/** Counts the calls that capacity based teams have. Runs before the interaction changes. O(1). */
export function evolveOutsideCalls(state: TenantState, event: TenantEvent): void {
  switch (event.type) {
    case "interaction.passed-outside":
      if (state.interactions.has(event.interactionId)) add(state, event.teamId, 1);
      return;
    case "interaction.requeued":
    case "interaction.ended": {
      const teamId = state.interactions.get(event.interactionId)?.teamId;
      if (teamId) add(state, teamId, -1);
    }
  }
}

function add(state: TenantState, teamId: string, change: number): void {
  const calls = (state.outsideCalls.get(teamId) ?? 0) + change;
  if (calls > 0) state.outsideCalls.set(teamId, calls);
  else state.outsideCalls.delete(teamId);
}
