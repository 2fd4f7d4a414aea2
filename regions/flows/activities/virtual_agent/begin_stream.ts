import type { VirtualAgent } from "../../../../protocol/configuration/virtual_agent.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { type Outcome, waitFor } from "../../engine/outcome.ts";
import { languageOf } from "../../spoken/language_of.ts";
import type { DialogueState } from "./dialogue_state.ts";
import { passedVariables } from "./passed_variables.ts";
import type { VirtualAgentActivity } from "./virtual_agent_schema.ts";

/** Connects the caller to a streaming bot. @throws FlowFault `not-available` */
export function beginStream(
  step: FlowStep<VirtualAgentActivity>,
  { id, url, audio, deadlines, sensitiveVariables }: Extract<
    VirtualAgent,
    { adapter: "streaming" }
  >,
): Outcome {
  const { clear, sealed, seals } = passedVariables(step, sensitiveVariables);
  const { sealKey } = step.configuration.stored;
  if (seals.length > 0 && !sealKey) {
    throw new FlowFault("not-available", "The tenant has no key to seal values with yet");
  }
  const streamId = step.t.context.newId();
  const wholeMs = deadlines.wholeSeconds * 1000;
  step.pop(
    {
      ...{ type: "stream", streamId, url, authorization: "", ...audio, wholeMs },
      parameters: { ...clear, language: languageOf(step) },
      seal: seals.length > 0 ? { key: sealKey!, names: seals } : null,
      connectMs: deadlines.connectSeconds * 1000,
      firstAudioMs: deadlines.firstAnswerSeconds * 1000,
      silentMs: deadlines.turnSeconds * 1000,
    },
    undefined,
    { virtualAgentId: id, sealed },
  );
  step.input = { type: "stream", streamId, virtualAgentId: id };
  const kept: DialogueState = {
    ...{ phase: "streaming", turn: 1, endsAt: step.at + wholeMs, pending: [], silences: 0 },
    ...{ ended: null, streamId },
  };
  return waitFor(kept.endsAt + FLOW_LIMITS.graceMs, kept);
}
