import type { VirtualAgent } from "../../../../protocol/configuration/virtual_agent.ts";
import type { TurnInput, TurnRequest } from "../../../virtual_agents/turn_request.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { type Outcome, waitFor } from "../../engine/outcome.ts";
import { languageOf } from "../../spoken/language_of.ts";
import type { DialogueState } from "./dialogue_state.ts";
import { failDialogue } from "./end_dialogue.ts";
import { passedVariables } from "./passed_variables.ts";
import type { VirtualAgentActivity } from "./virtual_agent_schema.ts";

/** Turns of one dialogue at most. */
const MOST_TURNS = 200;

/** Asks the bot for its next turn, within what is left of the dialogue. */
export function askBot(
  step: FlowStep<VirtualAgentActivity>,
  { id, deadlines, sensitiveVariables }: VirtualAgent,
  state: DialogueState,
  input: TurnInput,
): Outcome {
  const turn = state.turn + 1;
  if (turn > MOST_TURNS) return failDialogue(step, "too-many-turns");
  if (step.at >= state.endsAt) return failDialogue(step, "deadline");
  const seconds = turn === 1 ? deadlines.firstAnswerSeconds : deadlines.turnSeconds;
  const until = Math.min(state.endsAt, step.at + seconds * 1000);
  const { clear, sealed, seals } = passedVariables(step, sensitiveVariables);
  const request: TurnRequest = {
    ...{ type: "virtual-agent", virtualAgentId: id, turn, input, seals, until },
    sessionId: `${step.it.id}:${step.number}`,
    channel: step.it.channel,
    language: languageOf(step),
    variables: {
      ...clear,
      ...Object.fromEntries(Object.entries(sealed).map(([name, jwe]) => [name, { sealed: jwe }])),
    },
  };
  step.service(request);
  const kept: DialogueState = { ...state, phase: "asking", turn, pending: [] };
  return waitFor(until + FLOW_LIMITS.graceMs, kept);
}
