import type { Interaction } from "../../interactions/interaction.ts";
import type { Transition } from "../../tenants/transition.ts";
import { boundInput } from "../trace/bound_input.ts";
import { boundOutput } from "../trace/bound_output.ts";
import { cutText } from "../trace/cut_text.ts";
import { TRACE_LIMITS } from "../trace/trace_limits.ts";
import type { CompiledActivity } from "./compile_flow.ts";
import type { FlowFault } from "./flow_fault.ts";
import type { FlowStep } from "./flow_step.ts";
import type { Outcome } from "./outcome.ts";

/** Values shorter than this are not looked for in what a step asked: they stand in anything. */
const TELLING = 3;

/**
 * Adds what one step did to the decision's trace, bounded in size. O(size of what it asked and set),
 * times the variables that agents may not see.
 */
export function traceStep(
  t: Transition,
  it: Interaction,
  step: FlowStep<unknown>,
  { id, activity }: CompiledActivity,
  how: { since: number; outcome?: Outcome; fault?: FlowFault },
): void {
  const { outcome, fault } = how;
  const whole = t.traces.length < TRACE_LIMITS.whole;
  const json = whole && step.input !== null ? JSON.stringify(step.input) : undefined;
  const output = whole ? boundOutput(step.output) : {};
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
    input: boundInput(step.input, json),
    output,
    hidden: hiddenOf(it, output, json),
    next: outcome?.to === "go" ? outcome.activityId ?? null : null,
    waited: t.at - how.since,
    error: fault
      ? { code: fault.code, message: cutText(fault.message, TRACE_LIMITS.message) }
      : null,
  });
}

/** What of a step agents may not see: variables marked so, and an input that tells one's value. */
function hiddenOf(
  it: Interaction,
  output: Record<string, string>,
  input: string | undefined,
): string[] {
  const { hidden } = it.variableLists;
  if (hidden.length === 0) return [];
  const names = hidden.filter((name) => Object.hasOwn(output, name));
  if (input !== undefined && hidden.some((name) => tells(input, it.flow.variables[name]))) {
    names.push("*");
  }
  return names;
}

function tells(json: string, value: string | undefined): boolean {
  return value !== undefined && value.length >= TELLING &&
    json.includes(JSON.stringify(value).slice(1, -1));
}
