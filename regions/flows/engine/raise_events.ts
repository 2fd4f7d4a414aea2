import type { Transition } from "../../tenants/transition.ts";
import { compileFlow } from "./compile_flow.ts";
import { FLOW_LIMITS } from "./flow_limits.ts";
import type { Interaction } from "../../interactions/interaction.ts";
import { runThread } from "./run_thread.ts";

/** Events of one interaction that its handlers hear of within one decision. */
const MOST_RAISED = 32;

/**
 * Starts the handlers that flows have for what the decision has brought about. Handlers may raise
 * events of their own. What one interaction raises takes nothing from others that the same decision
 * is about. An instance that has enough of them under way starts no more, and its trace
 * says so. O(handlers of the flow) for each event.
 */
export function raiseEvents(t: Transition): void {
  const heard = new Map<string, { events: number; from: number }>();
  for (let i = 0; i < t.raised.length; i++) {
    const { interactionId, event, name, agentId } = t.raised[i];
    const it = t.state.interactions.get(interactionId);
    const before = heard.get(interactionId) ?? { events: 0, from: it?.flow.lastStep ?? 0 };
    if (before.events++ >= MOST_RAISED) continue;
    heard.set(interactionId, before);
    const root = it?.flow.frames[0] ?? it?.flow;
    const document = root && t.configuration.flows.get(root.version);
    if (!it || !root || !document) continue;
    for (const handler of compileFlow(document).handlers) {
      if (handler.event !== event || handler.name !== name) continue;
      if (it.flow.handlers.length >= FLOW_LIMITS.handlers || isSpent(it)) break;
      // Whoever shares the cell waits for this decision to end.
      if (it.flow.lastStep - before.from >= FLOW_LIMITS.stepsInARow) break;
      const id = it.flow.lastStep + 1;
      t.emit({
        type: "flow.handler-started",
        interactionId,
        thread: id,
        flowId: root.flowId,
        version: root.version,
      });
      const agentName = agentId === null ? "" : t.state.agents.get(agentId)?.name ?? "";
      const known = { eventName: name ?? event, agentId: agentId ?? "", agentName };
      for (const [variable, value] of Object.entries(known)) {
        if (it.flow.variables[variable] === value) continue;
        t.emit({ type: "flow.variable-set", interactionId, variable, value, agentId: null });
      }
      const thread = it.flow.handlers.at(-1)!;
      runThread(t, it, thread, { enter: handler.start });
    }
  }
}

/** Whether an instance has had all the steps or faults that it may have. */
function isSpent({ flow }: Interaction): boolean {
  return flow.failures > FLOW_LIMITS.failures || flow.lastStep >= FLOW_LIMITS.steps;
}
