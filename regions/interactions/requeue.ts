import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/** Gives an interaction its place back and looks for another agent. */
export function requeue(t: Transition, it: Interaction, reason: string): void {
  t.emit({ type: "interaction.requeued", interactionId: it.id, reason, agentId: it.agentId });
  findAgent(t, it);
}
