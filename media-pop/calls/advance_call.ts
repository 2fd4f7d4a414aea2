import type { CallAction } from "./call_action.ts";
import { CallDraft } from "./call_draft.ts";
import type { CallInput } from "./call_input.ts";
import type { CallState } from "./call_state.ts";
import { carryOutCommand } from "./carry_out_command.ts";
import { passTime } from "./pass_time.ts";
import { takeCalled } from "./take_called.ts";
import { takeDigit } from "./take_digit.ts";
import { takeStream } from "./take_stream.ts";

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
  draft.gateRecordings();
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
      return draft.end("failure", draft.farewell() === "bye" ? "bye" : "none");
    case "shut-down":
      return draft.end("platform-hung-up", draft.farewell(), 503);
    case "held":
      state.held = input.held;
      return;
    case "media-opened":
      return opened(draft, input.codec);
    case "media-failed":
      if (state.phase === "ending") return draft.mediaClosed(null);
      state.mediaOpen = false;
      return draft.end("failure", draft.farewell(), 503);
    case "played":
      if (state.playing?.playId === input.playId) draft.playEnded(input);
      return;
    case "sealed":
      return draft.sealed(input.commandId, input.jwe);
    case "digit":
      return takeDigit(draft, input.digit);
    case "media-timeout":
      if (state.phase === "up" && !state.held) draft.end("media-timeout", "bye");
      return;
    case "media-closed":
      if (state.phase === "ending") draft.mediaClosed(input.media);
      return;
    case "called-ringing":
    case "called-early":
    case "called-answered":
    case "called-failed":
      return takeCalled(draft, input);
    case "leg-early":
      return early(draft, input.legId);
    case "leg-joined":
      return joined(draft, input.legId, input.codec);
    case "leg-lost":
      if (state.bLeg?.legId === input.legId) draft.loseLeg(input.cause, input.sipStatus);
      return;
    case "leg-closed":
      return draft.legClosed(input.legId, input.media);
    case "stream-opened":
    case "stream-heard":
    case "stream-message":
    case "stream-outcome":
    case "stream-lost":
      return takeStream(draft, input);
    case "recording-ended":
      return draft.endRecording(input.recordingId, input.outcome);
    case "recording-closed":
      return draft.recordingClosed(input.recordingId, input.figures);
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

/** The caller hears what the other side plays; a `collect` under way goes on. */
function early(draft: CallDraft, legId: string): void {
  const { bLeg } = draft.state;
  if (bLeg?.legId !== legId || bLeg.phase !== "ringing") return;
  draft.stopPlay();
  draft.endStream({ outcome: "stopped", reason: null, variables: {}, sealed: {} });
  draft.state.bLeg = { ...bLeg, phase: "early" };
  draft.actions.push({ type: "bridge", legId });
}

function joined(draft: CallDraft, legId: string, codec: string): void {
  const { bLeg } = draft.state;
  if (bLeg?.legId !== legId || bLeg.phase === "joined") return;
  draft.supersede();
  draft.state.typed = "";
  draft.state.secretDigits = false;
  draft.state.bLeg = { ...bLeg, phase: "joined" };
  const alone = draft.state.phase === "dialling" && draft.state.stage !== "early-media";
  draft.actions.push({ type: alone ? "ringback" : "bridge", legId });
  draft.emit({ type: "leg.joined", legId, agentId: bLeg.agentId, codec });
}
