import type { CompiledActivity } from "../flows/engine/compile_flow.ts";
import { answerStep } from "../flows/engine/answer_step.ts";
import { compileFlow } from "../flows/engine/compile_flow.ts";
import { enterActivity } from "../flows/engine/enter_activity.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * The flow of a contact who has its place back goes on: with the activity that an offer broke into,
 * from its beginning or waiting for what it has asked for, or with the treatment that it was offered
 * too soon to begin.
 */
export function resumeTreatment(t: Transition, it: Interaction): void {
  const { activityId, interrupted, deadline, version } = it.flow;
  if (it.phase !== "queued" || activityId === null || deadline !== null) return;
  const document = t.configuration.flows.get(version);
  const found = document && compileFlow(document).activities.get(activityId);
  if (!interrupted) {
    const next = nextOf(found);
    if (next !== undefined) enterActivity(t, it, next);
  } else if (found?.definition.resumes === "waiting") goOnWaiting(t, it);
  else enterActivity(t, it, activityId);
}

function nextOf(found: CompiledActivity | undefined): string | undefined {
  const activity = found?.activity as { type: string; next?: string } | undefined;
  const queues = activity?.type === "queue" || activity?.type === "queue-to-agent";
  return queues ? activity.next : undefined;
}

function goOnWaiting(t: Transition, it: Interaction): void {
  const { step, kept, putAside, pausedUntil } = it.flow;
  const deadline = Math.max(pausedUntil ?? t.at, t.at);
  t.emit({ type: "flow.waits", interactionId: it.id, thread: 0, step, deadline, kept });
  if (putAside !== null) answerStep(t, it, step, { type: "service", answer: putAside });
}
