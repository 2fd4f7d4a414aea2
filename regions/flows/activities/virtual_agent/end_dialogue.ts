import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo, type Outcome } from "../../engine/outcome.ts";
import type { VirtualAgentActivity } from "./virtual_agent_schema.ts";

/** What a dialogue came to. */
export interface DialogueEnd {
  type: "handled" | "escalate" | "failed";
  reason: string | null;
  variables: Readonly<Record<string, string>>;
  sealed: Readonly<Record<string, string>>;
}

/**
 * Takes over what the bot gave back and goes on along its path. Values that nobody asked for are
 * left; a value in clear never gets into a sensitive variable.
 * @throws FlowFault when a value does not fit its variable
 */
export function endDialogue(step: FlowStep<VirtualAgentActivity>, end: DialogueEnd): Outcome {
  const { returns, reasonVariable, onHandled, onEscalated, onError } = step.activity;
  for (const [name, variable] of Object.entries(returns)) {
    if (end.sealed[name] !== undefined) step.setSealed(variable, end.sealed[name]);
    else if (end.variables[name] !== undefined) step.setText(variable, end.variables[name]);
  }
  if (reasonVariable !== undefined && end.type !== "handled") {
    step.set(reasonVariable, end.reason ?? "");
  }
  if (end.type === "handled") return goTo(onHandled);
  return goTo(end.type === "failed" ? onError ?? onEscalated : onEscalated);
}

/** The end of a dialogue whose bot failed. */
export function failDialogue(step: FlowStep<VirtualAgentActivity>, fault: string): Outcome {
  return endDialogue(step, { type: "failed", reason: fault, variables: {}, sealed: {} });
}
