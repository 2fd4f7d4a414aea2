import { keepTranscript } from "../../../messages/keep_transcript.ts";
import { queueMessage } from "../../../messages/queue_message.ts";
import type { VirtualAgent } from "../../../../protocol/configuration/virtual_agent.ts";
import { LONGEST_TEXT, type PromptItem } from "../../../../protocol/pop_link/prompt_item.ts";
import { TurnAnswer } from "../../../virtual_agents/turn_answer.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { type Outcome, waitFor } from "../../engine/outcome.ts";
import { languageOf } from "../../spoken/language_of.ts";
import { PLAY_MS } from "../../spoken/play_ms.ts";
import { askBot } from "./ask_bot.ts";
import type { DialogueState } from "./dialogue_state.ts";
import { endDialogue, failDialogue } from "./end_dialogue.ts";
import type { VirtualAgentActivity } from "./virtual_agent_schema.ts";

type Answered = Extract<TurnAnswer, { outcome: "answered" }>;

/** Says what the bot answered, and listens or ends as it asks. Null for an answer to another turn. */
export function takeTurn(
  step: FlowStep<VirtualAgentActivity>,
  agent: VirtualAgent,
  state: DialogueState,
  answer: unknown,
): Outcome | null {
  const read = TurnAnswer.safeParse(answer);
  if (!read.success) return failDialogue(step, "internal");
  const turn = read.data;
  if (turn.turn !== state.turn) return null;
  if (turn.outcome === "failed") return failDialogue(step, turn.fault);
  return step.it.channel === "voice" ? speak(step, state, turn) : write(step, agent, state, turn);
}

function speak(
  step: FlowStep<VirtualAgentActivity>,
  state: DialogueState,
  { texts, expects, ended }: Answered,
): Outcome {
  const { t, it } = step;
  const language = languageOf(step);
  const items = texts.map((text): PromptItem => ({
    ...{ type: "say", text: text.slice(0, LONGEST_TEXT), language, voice: null, transient: true },
  }));
  for (const text of texts) keepTranscript(t, it, "bot", text);
  if (ended && items.length === 0) return endDialogue(step, ended);
  const listens = !ended && expects.input === "digits";
  const { maxDigits } = expects;
  const [firstDigitMs, interDigitMs] = [
    expects.firstDigitSeconds * 1000,
    expects.interDigitSeconds * 1000,
  ];
  if (listens) {
    const seal = step.configuration.stored.sealKey;
    step.pop({
      ...{ type: "collect", items, interruptible: true, seal, maxDigits, firstDigitMs },
      ...{ interDigitMs, terminator: maxDigits > 1 ? "#" : null },
    }, state.turn);
  } else if (items.length > 0) {
    step.pop({ type: "play", items, loop: false }, state.turn);
  } else return failDialogue(step, "invalid-answer");
  // What a bot says may be about the contact: a trace tells that it spoke, not what.
  step.input = { type: listens ? "collect" : "play", turn: state.turn, texts: texts.length };
  const listening = listens ? firstDigitMs + maxDigits * interDigitMs : 0;
  const phase = listens ? "listening" : "saying";
  return waitFor(step.at + PLAY_MS + listening + FLOW_LIMITS.graceMs, { ...state, phase, ended });
}

function write(
  step: FlowStep<VirtualAgentActivity>,
  agent: VirtualAgent,
  state: DialogueState,
  { texts, expects, ended }: Answered,
): Outcome {
  const { t, it } = step;
  for (const text of texts) {
    queueMessage(t, it, { id: t.context.newId(), author: "bot", text });
  }
  if (ended) return endDialogue(step, ended);
  if (expects.input !== "text") return failDialogue(step, "invalid-answer");
  if (state.pending.length > 0) {
    return askBot(step, agent, state, { type: "text", messageIds: state.pending });
  }
  const until = Math.min(state.endsAt, step.at + step.activity.silenceSeconds * 1000);
  return waitFor(until, { ...state, phase: "listening" });
}
