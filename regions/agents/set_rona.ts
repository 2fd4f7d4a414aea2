import type { Transition } from "../tenants/transition.ts";

/** An available agent was not reached: nothing more is offered to them before they say they are back. */
export function setRona(t: Transition, agentId: string | null): void {
  if (t.state.agents.get(agentId ?? "")?.state !== "available") return;
  t.emit({ type: "agent.state-changed", agentId: agentId!, state: "rona", idleCode: null });
}
