import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { ErrorCode } from "../../protocol/errors/error_code.ts";
import type { CallDraft } from "./call_draft.ts";
import { CALL_TIMES } from "./call_times.ts";
import { takeDigit } from "./take_digit.ts";

/** Results a call remembers for repeated commands. */
const REMEMBERED = 256;

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
      draft.play(commandId, command.prompt, command.loop);
      return null;
    case "stop-play":
      draft.stopPlay();
      return null;
    case "collect":
      if (state.bLeg?.phase === "joined") return "state_not_allowed";
      draft.supersede();
      collect(draft, commandId, command);
      return null;
    case "join":
      return join(draft, command.legId, command.agentId);
    case "dial":
      return dial(draft, command);
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
  const { maxDigits, firstDigitMs, interDigitMs, terminator, prompt } = command;
  const typed = draft.state.typed;
  const wait = prompt === null ? firstDigitMs : CALL_TIMES.prompt;
  const until = draft.now + wait;
  draft.state.typed = "";
  draft.state.collect = {
    commandId,
    maxDigits,
    firstDigitMs,
    interDigitMs,
    terminator,
    digits: "",
    until,
  };
  if (prompt !== null && typed === "") draft.play(commandId, prompt, false);
  for (const digit of typed) takeDigit(draft, digit);
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
