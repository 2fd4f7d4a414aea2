import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { PromptItem } from "../../protocol/pop_link/prompt_item.ts";
import type { ErrorCode } from "../../protocol/errors/error_code.ts";
import type { CallDraft } from "./call_draft.ts";
import { CALL_TIMES } from "./call_times.ts";
import { takeDigit } from "./take_digit.ts";

/** Results a call remembers for repeated commands. */
const REMEMBERED = 256;
/** Says that a message begins. */
const BEEP: PromptItem = { type: "library", name: "beep" };

/**
 * Carries a command out once and reports its result; a repeat of its id only reports again. The
 * result says that the command was taken: how it went comes as events.
 */
export function carryOutCommand(draft: CallDraft, commandId: string, command: CallCommand): void {
  const known = draft.state.results.find((result) => result.commandId === commandId);
  if (known) {
    draft.actions.push({ type: "result", ...known });
    return;
  }
  const refusal = apply(draft, commandId, command);
  const result = { commandId, ok: refusal === null, code: refusal };
  draft.state.results = [...draft.state.results.slice(1 - REMEMBERED), result];
  draft.actions.push({ type: "result", ...result });
}

function apply(draft: CallDraft, commandId: string, command: CallCommand): ErrorCode | null {
  const { state } = draft;
  if (state.phase === "ending" || state.phase === "ended") return "call_gone";
  if (command.type === "hang-up") {
    draft.end(command.cause, draft.farewell(), command.sipStatus ?? 480);
    return null;
  }
  if (command.type === "originate") {
    return state.identity.legId === command.legId ? null : "state_not_allowed";
  }
  if (command.type === "answer") {
    if (state.phase === "ringing") answer(draft);
    return null;
  }
  if (command.type === "leave") {
    if (state.bLeg?.legId !== command.legId) return null;
    if (command.cause === "agent-lost") draft.loseLeg(command.cause);
    else draft.dropLeg(command.cause);
    return null;
  }
  // Who is to talk to the called party may hear it ring.
  if (command.type === "join" && state.phase === "dialling") {
    return join(draft, command.legId, command.agentId);
  }
  if (state.phase !== "up") return "state_not_allowed";
  switch (command.type) {
    case "play":
      if (state.bLeg?.phase === "joined") return "state_not_allowed";
      draft.supersede();
      draft.play(commandId, command.items, command.loop);
      return null;
    case "stop-play":
      draft.stopPlay();
      return null;
    case "collect":
      if (state.bLeg?.phase === "joined") return "state_not_allowed";
      draft.supersede();
      collect(draft, commandId, command);
      return null;
    case "record-message":
      if (state.bLeg?.phase === "joined") return "state_not_allowed";
      if (isUsed(draft, command.recordingId)) return "state_not_allowed";
      draft.supersede();
      recordMessage(draft, commandId, command);
      return null;
    case "record":
      return record(draft, commandId, command);
    case "join":
      return join(draft, command.legId, command.agentId);
    case "dial":
      return dial(draft, command);
    case "stream":
      return stream(draft, command);
    case "stop-stream":
      if (state.stream?.streamId !== command.streamId) return null;
      draft.endStream({ outcome: "stopped", reason: null, variables: {}, sealed: {} });
      return null;
  }
}

function answer(draft: CallDraft): void {
  draft.state.phase = "answering";
  draft.state.until = draft.now + CALL_TIMES.answering;
  draft.state.mediaOpen = true;
  draft.actions.push({ type: "media-open" });
}

function collect(
  draft: CallDraft,
  commandId: string,
  command: Extract<CallCommand, { type: "collect" }>,
): void {
  const { maxDigits, firstDigitMs, interDigitMs, terminator, items, interruptible, seal } = command;
  const { state, now } = draft;
  const plays = items.length > 0;
  const wait = plays ? CALL_TIMES.prompt : firstDigitMs;
  // What was typed around a secret may be part of it, and must not come out in clear.
  const leaks = state.secretDigits && seal === null;
  const typed = leaks || (plays && !interruptible) ? "" : state.typed;
  state.typed = "";
  state.secretDigits = seal !== null;
  state.collect = {
    ...{ commandId, maxDigits, firstDigitMs, interDigitMs, terminator, interruptible, seal },
    digits: "",
    until: now + wait,
  };
  if (plays && typed === "") draft.play(commandId, items, false);
  for (const digit of typed) takeDigit(draft, digit);
}

function recordMessage(
  draft: CallDraft,
  commandId: string,
  command: Extract<CallCommand, { type: "record-message" }>,
): void {
  const { recordingId, items, beep, maxSeconds, silenceSeconds, terminator } = command;
  draft.state.typed = "";
  const recording = draft.addRecording({
    ...{ recordingId, commandId, kind: "message", terminator },
    maxMs: maxSeconds * 1000,
    silenceMs: silenceSeconds === null ? null : silenceSeconds * 1000,
  });
  const heard = beep ? [...items, BEEP] : items;
  if (heard.length > 0) draft.play(commandId, heard, false);
  else draft.beginRecording(recording);
}

function isUsed(draft: CallDraft, recordingId: string): boolean {
  return draft.state.recordings.some((recording) => recording.recordingId === recordingId);
}

function record(
  draft: CallDraft,
  commandId: string,
  { action, recordingId }: Extract<CallCommand, { type: "record" }>,
): ErrorCode | null {
  const recording = draft.wholeCall();
  if (action === "start") {
    if (recording?.recordingId === recordingId) return null;
    if (recording || isUsed(draft, recordingId)) return "state_not_allowed";
    draft.beginRecording(draft.addRecording({
      ...{ recordingId, commandId, kind: "call", terminator: null, silenceMs: null },
      maxMs: CALL_TIMES.overall,
    }));
    return null;
  }
  if (recording?.recordingId !== recordingId) return "unknown_entity";
  if (action === "stop") draft.endRecording(recordingId, "complete");
  else draft.changeRecording(recordingId, { paused: action === "pause" });
  return null;
}

function join(draft: CallDraft, legId: string, agentId: string): ErrorCode | null {
  const { state } = draft;
  if (state.bLeg) return state.bLeg.legId === legId ? null : "state_not_allowed";
  state.bLeg = { legId, agentId, phase: "joining", until: draft.now + CALL_TIMES.joining };
  draft.actions.push({ type: "agent-join", legId, agentId });
  return null;
}

function dial(
  draft: CallDraft,
  { legId, number, callerId, ringSeconds }: Extract<CallCommand, { type: "dial" }>,
): ErrorCode | null {
  const { state } = draft;
  if (state.bLeg) return state.bLeg.legId === legId ? null : "state_not_allowed";
  const until = draft.now + ringSeconds * 1000;
  state.bLeg = { legId, agentId: null, phase: "ringing", until };
  draft.actions.push({ type: "number-dial", legId, number, callerId });
  return null;
}

function stream(
  draft: CallDraft,
  command: Extract<CallCommand, { type: "stream" }>,
): ErrorCode | null {
  const { state, now } = draft;
  if (state.bLeg?.phase === "joined") return "state_not_allowed";
  draft.supersede();
  state.typed = "";
  const { streamId, connectMs, firstAudioMs, wholeMs } = command;
  const wholeUntil = now + wholeMs;
  const until = Math.min(wholeUntil, now + connectMs);
  state.stream = { streamId, phase: "connecting", until, firstAudioMs, wholeUntil };
  draft.actions.push({ type: "stream-open", command });
  return null;
}
