import { findAgent } from "../routing/find_agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/** Gives an interaction its place back and looks for another agent. */
export function requeue(t: Transition, it: Interaction, reason: string): void {
  const had = it.agentId !== null;
  t.emit({
    type: "interaction.requeued",
    interactionId: it.id,
    reason,
    agentId: it.agentId,
    legId: it.agentLegId,
    until: had && it.call
      ? t.at + t.configuration.settings.maxQueueSeconds * 1000
      : it.place?.until ?? null,
  });
  findAgent(t, it);
}
