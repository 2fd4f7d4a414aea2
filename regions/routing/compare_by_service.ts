import type { QueuePlace } from "../interactions/interaction.ts";

/**
 * Order of service among contacts that one agent may take: those waiting for this agent alone, the
 * queue's relative priority, the contact's priority, the longest wait, the earlier event. Negative
 * when `a` is served before `b`; 0 only for one and the same place.
 */
export function compareByService(a: QueuePlace, b: QueuePlace): number {
  return Number(b.agentId !== null) - Number(a.agentId !== null) ||
    b.relativePriority - a.relativePriority || b.priority - a.priority ||
    a.queuedAt - b.queuedAt || a.order - b.order;
}
