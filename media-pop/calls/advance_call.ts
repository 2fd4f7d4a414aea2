import type { CallAction } from "./call_action.ts";
import { CallDraft } from "./call_draft.ts";
import type { CallInput } from "./call_input.ts";
import type { CallState } from "./call_state.ts";
import { carryOutCommand } from "./carry_out_command.ts";
import { passTime } from "./pass_time.ts";
import { takeDigit } from "./take_digit.ts";

/** A call's next state and what to do for it. */
export interface CallStep {
  state: CallState;
  actions: CallAction[];
}

/**
 * The call machine. Every command gets exactly one result; after `ended` results are all there is.
 * @param now milliseconds since the Unix epoch
 */
export function advanceCall(state: CallState, input: CallInput, now: number): CallStep {
  const draft = new CallDraft(state, now);
  take(draft, input);
  return { state: draft.state, actions: draft.actions };
}

function take(draft: CallDraft, input: CallInput): void {
  const { state } = draft;
  if (input.type === "command") return carryOutCommand(draft, input.commandId, input.command);
  if (state.phase === "ended") return;
  switch (input.type) {
    case "cancelled":
      return draft.end("caller-cancelled", "none");
    case "caller-hung-up":
      return draft.end("caller-hung-up", "none");
    case "signalling-lost":
      return draft.end("failure", state.phase === "up" ? "bye" : "none");
    case "shut-down":
      return draft.end("platform-hung-up", state.phase === "up" ? "bye" : "reject", 503);
    case "held":
      state.held = input.held;
      return;
    case "media-opened":
      return opened(draft, input.codec);
    case "media-failed":
      if (state.phase === "ending") return draft.mediaClosed(null);
      state.mediaOpen = false;
      return draft.end("failure", state.phase === "up" ? "bye" : "reject", 503);
    case "played":
      if (state.playing?.playId === input.playId) draft.playEnded(input.outcome);
      return;
    case "digit":
      return takeDigit(draft, input.digit);
    case "media-timeout":
      if (state.phase === "up" && !state.held) draft.end("media-timeout", "bye");
      return;
    case "media-closed":
      if (state.phase === "ending") draft.mediaClosed(input.media);
      return;
    case "agent-joined":
      return joined(draft, input.legId, input.codec);
    case "agent-lost":
      if (state.agent?.legId === input.legId) draft.dropAgent("agent-lost");
      return;
    case "agent-closed":
      return draft.agentClosed(input.legId, input.media);
    case "time":
      return passTime(draft);
  }
}

function opened(draft: CallDraft, codec: string): void {
  if (draft.state.phase !== "answering") return;
  draft.state.phase = "up";
  draft.state.until = draft.state.overallUntil;
  draft.actions.push({ type: "sip-answer" });
  draft.emit({ type: "call.answered", codec });
}

function joined(draft: CallDraft, legId: string, codec: string): void {
  const { agent } = draft.state;
  if (agent?.legId !== legId || agent.phase !== "joining") return;
  draft.supersede();
  draft.state.typed = "";
  draft.state.agent = { ...agent, phase: "joined" };
  draft.actions.push({ type: "bridge", legId });
  draft.emit({ type: "leg.joined", legId, agentId: agent.agentId, codec });
}
