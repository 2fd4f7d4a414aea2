import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/** Ends the agent's conversation and gives them time to wrap up. */
export function startWrapUp(t: Transition, it: Interaction, cause: string): void {
  t.emit({
    type: "wrap-up.started",
    interactionId: it.id,
    agentId: it.agentId!,
    cause,
    until: t.at + t.configuration.settings.wrapUpSeconds * 1000,
  });
}
