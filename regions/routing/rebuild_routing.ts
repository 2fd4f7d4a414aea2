import type { TenantState } from "../tenants/tenant_state.ts";
import { RoutingIndex } from "./routing_index.ts";

/** Makes a state's routing index anew from its facts. O(agents + interactions). */
export function rebuildRouting(state: TenantState): void {
  state.routing = new RoutingIndex();
  for (const agent of state.agents.values()) state.routing.agentChanged(agent);
  for (const it of state.interactions.values()) if (it.phase === "queued") state.routing.enter(it);
}
