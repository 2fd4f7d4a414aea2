import type { Interaction } from "../interactions/interaction.ts";
import type { TenantState } from "../tenants/tenant_state.ts";

/** The interaction that a call belongs to now, whoever began it. O(1). */
export function interactionOfCall(state: TenantState, callId: string): Interaction | undefined {
  const it = state.interactions.get(state.outgoing.interactionOf(callId) ?? callId);
  return it?.call?.callId === callId ? it : undefined;
}
