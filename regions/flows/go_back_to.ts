import type { Interaction, QueuePlace } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * Leaves the flows that a treatment has called, so that the flow that queued the contact goes on.
 * If that one has returned to its caller meanwhile it goes on alone, and what called it does not.
 * O(flows called).
 */
export function goBackTo(t: Transition, it: Interaction, queuedBy: QueuePlace["queuedBy"]): void {
  const { flow, id: interactionId } = it;
  const { flowId, version, depth } = queuedBy;
  while (flow.frames.length > depth) t.emit({ type: "flow.returned", interactionId, thread: 0 });
  if (flow.frames.length === depth && flow.flowId === flowId && flow.version === version) return;
  t.emit({
    type: "flow.switched",
    interactionId,
    entryPointId: it.entryPointId,
    ...{ flowId, version, variables: {} },
    variableLists: { hidden: [], editable: [], reportable: [], sensitive: [] },
  });
}
