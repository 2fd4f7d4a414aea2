import { keepTranscript } from "../../../messages/keep_transcript.ts";
import { defineActivity } from "../../define_activity.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { type Outcome, waitFor } from "../../engine/outcome.ts";
import type { StepAnswer } from "../../engine/step_answer.ts";
import { askBot } from "./ask_bot.ts";
import { beginStream } from "./begin_stream.ts";
import { DialogueState } from "./dialogue_state.ts";
import { endDialogue, failDialogue } from "./end_dialogue.ts";
import { takeTurn } from "./take_turn.ts";
import { VirtualAgentActivity } from "./virtual_agent_schema.ts";

type Step = FlowStep<VirtualAgentActivity>;

/** Silences in a row after which the bot is not asked again. */
const MOST_SILENCES = 3;
/** Messages that wait for one turn at most; later ones are in the thread, but not for the bot. */
const MOST_PENDING = 20;

/** Hands the contact to a bot. A bot that fails escalates, with its reason. */
export const virtualAgent = defineActivity({
  schema: VirtualAgentActivity,
  kinds: ["voice", "digital"],
  inHandlers: false,
  waits: "maybe",
  waitsIn: () => true,
  enter(step) {
    const agent = agentOf(step);
    if (!agent?.authorised) return failDialogue(step, "not-authorised");
    if (agent.adapter === "streaming") {
      return step.it.channel === "voice"
        ? beginStream(step, agent)
        : failDialogue(step, "not-authorised");
    }
    const endsAt = step.at + agent.deadlines.wholeSeconds * 1000;
    const state = DialogueState.parse({ phase: "asking", turn: 0, endsAt });
    return askBot(step, agent, state, { type: "start" });
  },
  heard(step, answer) {
    const state = DialogueState.parse(step.kept);
    if (answer.type === "stream-ended") return streamed(step, state, answer);
    if (answer.type === "timer" && state.phase !== "listening") {
      return failDialogue(step, "deadline");
    }
    // Taken back under way: nothing more goes to it.
    const agent = agentOf(step);
    if (!agent?.authorised) return failDialogue(step, "not-authorised");
    switch (answer.type) {
      case "service":
        return state.phase === "asking" ? takeTurn(step, agent, state, answer.answer) : null;
      case "played":
        if (state.phase !== "saying") return null;
        if (answer.outcome === "failed") return failDialogue(step, answer.code ?? "play-failed");
        if (state.ended) return endDialogue(step, state.ended);
        return askBot(step, agent, state, { type: "silence" });
      case "collected":
        return state.phase === "listening" ? typed(step, state, answer) : null;
      case "message":
        return written(step, state, answer.messageId);
      case "timer":
        return silent(step, state);
      default:
        return null;
    }
  },
});

function agentOf({ configuration, activity }: Step) {
  return configuration.virtualAgents.get(activity.virtualAgentId);
}

function streamed(
  step: Step,
  state: DialogueState,
  { streamId, outcome, reason, variables, sealed }: Extract<StepAnswer, { type: "stream-ended" }>,
): Outcome | null {
  if (state.streamId !== streamId) return null;
  if (outcome === "handled" || outcome === "escalated") {
    const type = outcome === "handled" ? "handled" : "escalate";
    return endDialogue(step, { type, reason, variables, sealed });
  }
  return failDialogue(step, outcome === "failed" ? reason ?? "internal" : "stopped");
}

function typed(
  step: Step,
  state: DialogueState,
  { digits, sealed, outcome, code }: Extract<StepAnswer, { type: "collected" }>,
): Outcome {
  if (outcome === "failed") return failDialogue(step, code ?? "play-failed");
  if (sealed === null && (digits === null || digits === "")) return silent(step, state);
  // How many they were is nobody's secret, but they are sealed: only that there were some is kept.
  keepTranscript(step.t, step.it, "contact", "[digits]");
  const input = { type: "digits" as const, digits, sealed };
  return askBot(step, agentOf(step)!, { ...state, silences: 0 }, input);
}

function written(step: Step, state: DialogueState, messageId: string): Outcome | null {
  if (state.phase === "listening") {
    const input = { type: "text" as const, messageIds: [messageId] };
    return askBot(step, agentOf(step)!, { ...state, silences: 0 }, input);
  }
  if (state.phase !== "asking" || state.pending.length >= MOST_PENDING) return null;
  const pending = [...state.pending, messageId];
  const until = step.thread.deadline ?? step.at + FLOW_LIMITS.graceMs;
  return waitFor(until, { ...state, pending });
}

function silent(step: Step, state: DialogueState): Outcome {
  const silences = state.silences + 1;
  if (silences > MOST_SILENCES) {
    const reason = "contact-silent";
    return endDialogue(step, { type: "escalate", reason, variables: {}, sealed: {} });
  }
  return askBot(step, agentOf(step)!, { ...state, silences }, { type: "silence" });
}
