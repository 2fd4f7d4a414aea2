import { PhoneNumber } from "../../../../protocol/ids/names.ts";
import { queueToAgent } from "../../../interactions/queue_to_agent.ts";
import { defineActivity } from "../../define_activity.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo, type Outcome, STOP } from "../../engine/outcome.ts";
import { callNumber } from "./call_number.ts";
import { switchFlow } from "./switch_flow.ts";
import { TransferActivity } from "./transfer_schema.ts";

/** Passes a caller on. What comes of a number is told as `dialled`. */
export const transfer = defineActivity({
  schema: TransferActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "maybe",
  enter(step) {
    const { to } = step.activity;
    switch (to.kind) {
      case "number": {
        const number = PhoneNumber.safeParse(step.text(to.number).trim());
        if (!number.success) return failed(step, "number-invalid");
        return callNumber(step, { ...to, number: number.data }) ?? failed(step, "not-available");
      }
      case "agent":
        return toAgent(step, step.text(to.agentId).trim(), to.queueId);
      case "entry-point":
        return switchFlow(step, to.entryPointId) ?? failed(step, "not-available");
    }
  },
  heard(step, answer) {
    const { it } = step;
    const legId = String(step.kept);
    const interactionId = it.id;
    if (answer.type === "timer") {
      step.t.emit({ type: "interaction.transfer-given-up", interactionId, legId });
      return failed(step, "no-answer");
    }
    if (answer.type !== "dialled") return null;
    if (answer.cause !== null) return failed(step, answer.cause);
    step.t.emit({ type: "interaction.transferred", interactionId, legId, codec: answer.codec });
    return STOP;
  },
});

function toAgent(
  step: FlowStep<TransferActivity>,
  agentId: string,
  queueId: string,
): Outcome {
  const { onFailure } = step.activity;
  const next = queueToAgent(step.t, step.it, {
    type: "queue-to-agent",
    ...{ agentId, queueId, onUnavailable: onFailure, priority: 0, music: "hold-music" },
  }, agentId);
  if (next === null) return STOP;
  return next === onFailure ? failed(step, "agent-unavailable") : goTo(next);
}

function failed(step: FlowStep<TransferActivity>, cause: string): Outcome {
  step.set("transferCause", cause);
  return goTo(step.activity.onFailure);
}
