import type { Interaction } from "../interactions/interaction.ts";
import { recordByQueue } from "../recordings/record_by_queue.ts";
import type { Transition } from "../tenants/transition.ts";

/** A PoP must have joined the agent to the call within this time, in milliseconds. */
const JOIN_MS = 15_000;

/** Has the call's PoP join the agent's softphone as a new B leg. */
export function connectAgent(t: Transition, it: Interaction, agentId: string): void {
  t.emit({
    type: "interaction.connecting",
    interactionId: it.id,
    agentId,
    legId: t.context.newId(),
    deadline: t.at + JOIN_MS,
  });
  recordByQueue(t, it);
}
