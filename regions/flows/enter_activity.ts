import type { Activity } from "../../protocol/flow/flow_document.ts";
import { hangUp } from "../calls/hang_up.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { queueInteraction } from "../interactions/queue_interaction.ts";
import { queueToAgent } from "../interactions/queue_to_agent.ts";
import { queueMessage } from "../messages/queue_message.ts";
import { queueInformation } from "../queues/queue_information.ts";
import type { Transition } from "../tenants/transition.ts";
import { renderTemplate } from "./render_template.ts";

/** Activities a flow may pass through without waiting for anything. */
const MAX_STEPS = 200;
/** Time a prompt may take at most, in milliseconds. */
const PLAY_MS = 10 * 60_000;
/** Time a PoP may take beyond what an activity itself allows, in milliseconds. */
const GRACE_MS = 30_000;

/**
 * Runs a flow from one of its activities until it waits for the world or ends. The flow of a parked
 * contact is its treatment, until an offer breaks into it. A flow that goes round without waiting
 * ends with the reason "flow-loop".
 */
export function enterActivity(t: Transition, it: Interaction, activityId: string): void {
  const flow = t.configuration.flows.get(it.flow.version);
  let next: string | null = activityId;
  for (let steps = 0; next !== null; steps++) {
    const id: string = next;
    const activity = flow?.activities[id];
    if (!activity) return fail(t, it, "flow-activity-missing");
    if (steps === MAX_STEPS) return fail(t, it, "flow-loop");
    t.emit({
      type: "flow.entered",
      interactionId: it.id,
      activityId: id,
      step: it.flow.step + 1,
      activity,
      deadline: deadlineOf(activity, t.at),
    });
    next = run(t, it, activity);
  }
}

/** Does what an activity does at once; returns the next activity, or null when the flow waits. */
function run(t: Transition, it: Interaction, activity: Activity): string | null {
  switch (activity.type) {
    case "play":
    case "collect":
      return null;
    case "set":
      t.emit({
        type: "flow.variable-set",
        interactionId: it.id,
        variable: activity.variable,
        value: renderTemplate(activity.value, it.flow.variables),
        agentId: null,
      });
      return activity.next;
    case "branch": {
      const value = it.flow.variables[activity.variable] ?? "";
      return activity.cases.find((c) => c.equals === value)?.next ?? activity.otherwise;
    }
    case "send-message":
      queueMessage(t, it, {
        id: t.context.newId(),
        author: "flow",
        text: renderTemplate(activity.text, it.flow.variables),
      });
      return activity.next;
    case "queue":
      return queueInteraction(t, it, activity);
    case "queue-to-agent":
      return queueToAgent(t, it, activity);
    case "queue-information":
      for (const [variable, value] of queueInformation(t, it, activity.queueId)) {
        t.emit({ type: "flow.variable-set", interactionId: it.id, variable, value, agentId: null });
      }
      return activity.next;
    case "hang-up":
      t.emit({ type: "flow.ended", interactionId: it.id, reason: "hang-up" });
      hangUp(t, it, "flow-hung-up");
      return null;
  }
}

/** A contact who waits already goes on waiting without a treatment. */
function fail(t: Transition, it: Interaction, reason: string): void {
  t.emit({ type: "flow.ended", interactionId: it.id, reason });
  if (it.phase !== "queued") hangUp(t, it, "failure");
}

function deadlineOf(activity: Activity, at: number): number | null {
  if (activity.type === "play") return at + PLAY_MS + GRACE_MS;
  if (activity.type !== "collect") return null;
  const seconds = activity.firstDigitSeconds + activity.interDigitSeconds * activity.maxDigits;
  return at + seconds * 1000 + PLAY_MS + GRACE_MS;
}
