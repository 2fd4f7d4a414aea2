import type { Interaction } from "../../interactions/interaction.ts";
import type { Transition } from "../../tenants/transition.ts";
import type { Kept } from "../flow_thread.ts";
import { compileFlow } from "./compile_flow.ts";
import { runThread } from "./run_thread.ts";
import type { StepAnswer } from "./step_answer.ts";

/**
 * Brings an answer to the step that waits for it. Returns false when none does: it has been left
 * meanwhile, or an offer broke into it. O(handlers under way).
 */
export function answerStep(
  t: Transition,
  it: Interaction,
  step: number,
  answer: StepAnswer,
): boolean {
  const { flow } = it;
  if (flow.step === step && flow.activityId !== null) {
    if (flowRuns(it)) return runThread(t, it, flow, { hear: answer });
    if (answer.type !== "service" || !goesOnWaiting(t, it) || flow.putAside !== null) return false;
    t.emit({ type: "flow.put-aside", interactionId: it.id, answer: answer.answer as Kept });
    return true;
  }
  const handler = flow.handlers.find((thread) => thread.step === step);
  return handler !== undefined && runThread(t, it, handler, { hear: answer });
}

/** Whether what an offer broke into will hear what it asked for; others ask again. */
function goesOnWaiting(t: Transition, { flow }: Interaction): boolean {
  const document = t.configuration.flows.get(flow.version);
  const found = document && compileFlow(document).activities.get(flow.activityId ?? "");
  return flow.interrupted && found?.definition.resumes === "waiting";
}

/**
 * A treatment runs while the contact waits, also one that says goodbye to who keeps the place; one
 * that was broken into has no deadline.
 */
export function flowRuns(it: Interaction): boolean {
  if (it.phase === "flow") return true;
  return (it.phase === "queued" || it.phase === "postponed") && it.flow.deadline !== null;
}
