import { defineActivity } from "../../define_activity.ts";
import { queueMessage } from "../../../messages/queue_message.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo, type Outcome, waitFor } from "../../engine/outcome.ts";
import { AskActivity } from "./ask_schema.ts";

/** Asks in writing, again when the answer is no choice or does not fit the variable. */
export const ask = defineActivity({
  schema: AskActivity,
  kinds: ["digital"],
  inHandlers: false,
  waits: "always",
  resumes: "waiting",
  enter: (step) => question(step, 0),
  heard(step, answer) {
    const { variable, next, onTimeout } = step.activity;
    if (answer.type === "timer") return goTo(onTimeout);
    if (answer.type !== "message") return null;
    const text = choiceOf(step.activity.choices, answer.text.trim());
    if (text === undefined) return again(step);
    try {
      step.setText(variable, text);
    } catch (error) {
      if (error instanceof FlowFault && error.code === "expression-failed") return again(step);
      throw error;
    }
    return goTo(next);
  },
});

function choiceOf(choices: readonly string[] | undefined, text: string): string | undefined {
  if (!choices) return text;
  return choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
}

function question(step: FlowStep<AskActivity>, asked: number): Outcome {
  const { t, it, activity } = step;
  queueMessage(t, it, { id: t.context.newId(), author: "flow", text: step.text(activity.text) });
  return waitFor(step.at + activity.timeoutSeconds * 1000, asked);
}

function again(step: FlowStep<AskActivity>): Outcome {
  const { retries, onNoMatch, onTimeout } = step.activity;
  const asked = Number(step.kept);
  return asked < retries ? question(step, asked + 1) : goTo(onNoMatch ?? onTimeout);
}
