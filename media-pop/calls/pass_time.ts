import type { CallDraft } from "./call_draft.ts";
import { streamTimedOut } from "./take_stream.ts";
import type { RecordingState } from "./call_state.ts";

/** Ends whatever has outlived its deadline. */
export function passTime(draft: CallDraft): void {
  const { state, now } = draft;
  for (const leg of state.leaving) if (leg.until <= now) draft.legClosed(leg.legId, null);
  for (const recording of state.recordings) if (recording.until <= now) passed(draft, recording);
  if (state.phase === "ending") {
    if (state.until <= now) draft.finish();
    return;
  }
  for (const { commandId, until } of state.sealing) if (until <= now) draft.sealed(commandId, null);
  if (state.phase === "up" || state.phase === "dialling") {
    const cause = state.phase === "up" ? "deadline" : "no-answer";
    if (state.until <= now) return draft.end(cause, "bye");
    const { bLeg } = state;
    if (bLeg && bLeg.phase !== "joined" && bLeg.until <= now) {
      draft.loseLeg(bLeg.agentId === null ? "no-answer" : "agent-lost");
    }
    if (state.stream && state.stream.until <= now) streamTimedOut(draft);
    if (state.collect && state.collect.until <= now) draft.collected("timeout");
    return;
  }
  if (state.until > now) return;
  // 503 lets the carrier try another way in; the cell, when it is back, sees why the call ended.
  if (state.phase === "ringing") return draft.end("deadline", "reject", 503);
  if (state.phase === "answering") return draft.end("failure", "reject", 503);
}

function passed(draft: CallDraft, recording: RecordingState): void {
  const { recordingId } = recording;
  if (recording.phase === "beep") return draft.beginRecording(recording);
  if (recording.phase === "closing") return draft.recordingClosed(recordingId, null);
  draft.endRecording(recordingId, "too-long");
}
