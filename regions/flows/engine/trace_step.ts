import type { Interaction } from "../../interactions/interaction.ts";
import type { Transition } from "../../tenants/transition.ts";
import type { CompiledActivity } from "./compile_flow.ts";
import type { FlowFault } from "./flow_fault.ts";
import type { FlowStep } from "./flow_step.ts";
import type { Outcome } from "./outcome.ts";

/** Adds what one step did to the decision's trace. */
export function traceStep(
  t: Transition,
  it: Interaction,
  step: FlowStep<unknown>,
  { id, activity }: CompiledActivity,
  how: { since: number; outcome?: Outcome; fault?: FlowFault },
): void {
  const { outcome, fault } = how;
  t.traces.push({
    interactionId: it.id,
    at: t.at,
    flowId: step.thread.flowId,
    version: step.thread.version,
    thread: step.thread.id,
    step: step.number,
    activityId: id,
    activityType: activity.type,
    state: fault ? "failed" : outcome?.to === "wait" ? "waiting" : "done",
    input: step.input,
    output: step.output,
    next: outcome?.to === "go" ? outcome.activityId ?? null : null,
    waited: t.at - how.since,
    error: fault ? { code: fault.code, message: fault.message } : null,
  });
}
