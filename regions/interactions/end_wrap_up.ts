import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/** Ends wrap-up, with a code or because its time is over, and finds the agent more to do. */
export function endWrapUp(t: Transition, it: Interaction, code: string | null): void {
  const agentId = it.agentId!;
  t.emit({ type: "wrap-up.ended", interactionId: it.id, agentId, code });
  if (!it.call || it.call.ended) {
    t.emit({
      type: "interaction.ended",
      interactionId: it.id,
      cause: it.endCause ?? "platform-hung-up",
      agentId: null,
    });
  }
  t.freed.push({ agentId });
}
