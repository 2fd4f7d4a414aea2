import { OutgoingCalls } from "../../callbacks/outgoing_calls.ts";
import { rebuildRouting } from "../../routing/rebuild_routing.ts";
import type { TenantState } from "../tenant_state.ts";

/** Makes the derived fields of a state from its facts, in place. O(agents + interactions). */
export function rebuildIndices(state: TenantState): void {
  rebuildRouting(state);
  state.outgoing = new OutgoingCalls();
  for (const it of state.interactions.values()) state.outgoing.add(it);
}
