import { hangUp } from "../../calls/hang_up.ts";
import { type Interaction, kindOf } from "../../interactions/interaction.ts";
import type { Transition } from "../../tenants/transition.ts";
import type { FlowThread } from "../flow_thread.ts";
import { type CompiledActivity, type CompiledFlow, compileFlow } from "./compile_flow.ts";
import { FlowFault, type FlowFaultCode } from "./flow_fault.ts";
import { FlowStep } from "./flow_step.ts";
import { FLOW_LIMITS } from "./flow_limits.ts";
import type { Outcome } from "./outcome.ts";
import type { StepAnswer } from "./step_answer.ts";
import { traceStep } from "./trace_step.ts";

/** What a line does next: enter an activity, or let the one it waits in hear something. */
type Turn = { enter: string } | { hear: StepAnswer };

/**
 * Runs one line of a flow until it waits for the world or ends. O(activities passed); each is
 * O(its templates). A fault goes along the error path: the activity's, the flow's, that of the
 * flow that called it; without one the line ends. A line that goes round without waiting is a
 * fault too, and ends when it does so again on its error path. Returns false when a waiting activity
 * did not want what it heard.
 */
export function runThread(t: Transition, it: Interaction, thread: FlowThread, turn: Turn): boolean {
  let passed = 0;
  let looped = false;
  let now: Turn = turn;
  for (;;) {
    const flow = flowOf(t, thread);
    let outcome: Outcome;
    try {
      if (passed++ === FLOW_LIMITS.stepsInARow) throw loop();
      const taken = take(t, it, thread, flow, now);
      if (taken === null) return false;
      outcome = taken;
    } catch (error) {
      if (!(error instanceof FlowFault)) throw error;
      const again = error.code === "flow-loop" && looped;
      looped ||= error.code === "flow-loop";
      if (error.code === "flow-loop") passed = 0;
      const onError = again ? undefined : errorPath(t, it, thread, flow, now, error);
      if (onError === undefined) {
        endThread(t, it, thread, error.code);
        return true;
      }
      now = { enter: onError };
      continue;
    }
    const next = follow(t, it, thread, outcome);
    if (next === null) return true;
    now = next;
  }
}

function loop(): FlowFault {
  return new FlowFault(
    "flow-loop",
    `${FLOW_LIMITS.stepsInARow} activities in a row without waiting`,
  );
}

/** Takes one step. Null: the activity did not want what it heard. */
function take(
  t: Transition,
  it: Interaction,
  thread: FlowThread,
  flow: CompiledFlow | undefined,
  turn: Turn,
): Outcome | null {
  const activityId = "enter" in turn ? turn.enter : thread.activityId ?? "";
  if (!flow) throw new FlowFault("flow-missing", `There is no version ${thread.version}`);
  if ("enter" in turn && it.flow.lastStep >= FLOW_LIMITS.steps) {
    throw new FlowFault("flow-too-long", `More than ${FLOW_LIMITS.steps} activities`);
  }
  const found = flow.activities.get(activityId);
  if (!found) throw new FlowFault("activity-missing", `There is no activity "${activityId}"`);
  if (thread.id !== 0 && !found.definition.inHandlers) {
    throw new FlowFault("not-available", `"${activityId}" is not for event handlers`);
  }
  const kind = kindOf(it.channel);
  // A flow that is called runs in its present version, which may have become one of the other kind.
  if (!found.definition.kinds.includes(kind)) {
    throw new FlowFault("not-available", `"${activityId}" is not for ${kind} contacts`);
  }
  const number = "enter" in turn ? it.flow.lastStep + 1 : thread.step;
  const place = { t, it, thread, types: flow.types, activityId };
  const step = new FlowStep(place, found.activity, number, "hear" in turn);
  const since = "hear" in turn ? thread.enteredAt : t.at;
  try {
    const outcome = "enter" in turn ? found.definition.enter(step) : hear(found, step, turn.hear);
    if (outcome === null) return null;
    if (outcome.to === "wait") step.begin(outcome.until, outcome.kept);
    else step.begin(null, null);
    traceStep(t, it, step, found, { outcome, since });
    return outcome;
  } catch (error) {
    step.begin(null, null);
    if (error instanceof FlowFault) traceStep(t, it, step, found, { fault: error, since });
    throw error;
  }
}

function hear(
  { definition }: CompiledActivity,
  step: FlowStep<unknown>,
  answer: StepAnswer,
): Outcome | null {
  const outcome = definition.heard?.(step, answer) ?? null;
  if (outcome === null && answer.type === "timer") {
    throw new FlowFault("activity-timed-out", "Nothing was heard in time");
  }
  return outcome;
}

/** Does what an outcome says; null when the line waits or is over. */
function follow(
  t: Transition,
  it: Interaction,
  thread: FlowThread,
  outcome: Outcome,
): Turn | null {
  const interactionId = it.id;
  switch (outcome.to) {
    case "wait":
    case "stop":
      return null;
    case "call": {
      const { to: _, ...called } = outcome;
      t.emit({ type: "flow.called", interactionId, thread: thread.id, ...called });
      return { enter: flowOf(t, thread)!.document.start };
    }
    case "go":
      return outcome.activityId === undefined
        ? leave(t, it, thread)
        : { enter: outcome.activityId };
    case "return":
      return leave(t, it, thread);
  }
}

/** A flow has come to its end: that of one that was called is its return. */
function leave(t: Transition, it: Interaction, thread: FlowThread): Turn | null {
  if (thread.frames.length === 0) {
    endThread(t, it, thread, "completed");
    return null;
  }
  t.emit({ type: "flow.returned", interactionId: it.id, thread: thread.id });
  return { hear: { type: "returned" } };
}

/** Where a fault leads; leaves the flows that were called without an error path. */
function errorPath(
  t: Transition,
  it: Interaction,
  thread: FlowThread,
  flow: CompiledFlow | undefined,
  turn: Turn,
  fault: FlowFault,
): string | undefined {
  const interactionId = it.id;
  const activityId = "enter" in turn ? turn.enter : thread.activityId ?? "";
  t.emit({
    type: "flow.failed",
    interactionId,
    thread: thread.id,
    activityId,
    code: fault.code,
  });
  for (
    const [variable, value] of [
      ["errorCode", fault.code],
      ["errorMessage", fault.message],
      ["errorActivity", activityId],
    ]
  ) {
    t.emit({ type: "flow.variable-set", interactionId, variable, value, agentId: null });
  }
  if (FINAL.has(fault.code) || it.flow.failures > FLOW_LIMITS.failures) return undefined;
  let path = flow?.activities.get(activityId)?.activity.onError ?? flow?.document.onError;
  // Each flow has names of its own: a path is compared with what failed in the flow it is of.
  let failed: string | null = activityId;
  while (path === undefined && thread.frames.length > 0) {
    t.emit({ type: "flow.returned", interactionId, thread: thread.id });
    const caller = flowOf(t, thread);
    failed = thread.activityId;
    path = caller?.activities.get(thread.activityId ?? "")?.activity.onError ??
      caller?.document.onError;
  }
  return path === failed ? undefined : path;
}

/** What no error path can mend. */
const FINAL: ReadonlySet<FlowFaultCode> = new Set(["flow-too-long", "flow-missing"]);

/** A contact who waits already goes on waiting without a treatment. */
function endThread(t: Transition, it: Interaction, thread: FlowThread, reason: string): void {
  t.emit({ type: "flow.ended", interactionId: it.id, reason, thread: thread.id });
  if (thread.id !== 0 || (it.phase !== "flow" && it.phase !== "postponed")) return;
  hangUp(t, it, reason === "completed" ? "flow-hung-up" : "failure");
}

function flowOf(t: Transition, thread: FlowThread): CompiledFlow | undefined {
  const document = t.configuration.flows.get(thread.version);
  return document && compileFlow(document);
}
