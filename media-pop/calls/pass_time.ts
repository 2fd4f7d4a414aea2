import type { CallDraft } from "./call_draft.ts";

/** Ends whatever has outlived its deadline. */
export function passTime(draft: CallDraft): void {
  const { state, now } = draft;
  for (const leg of state.leaving) if (leg.until <= now) draft.legClosed(leg.legId, null);
  if (state.phase === "ending") {
    if (state.until <= now) draft.finish();
    return;
  }
  if (state.phase === "up" || state.phase === "dialling") {
    const cause = state.phase === "up" ? "deadline" : "no-answer";
    if (state.until <= now) return draft.end(cause, "bye");
    const { bLeg } = state;
    if (bLeg && bLeg.phase !== "joined" && bLeg.until <= now) {
      draft.loseLeg(bLeg.agentId === null ? "no-answer" : "agent-lost");
    }
    if (state.collect && state.collect.until <= now) draft.collected("timeout");
    return;
  }
  if (state.until > now) return;
  // 503 lets the carrier try another way in; the cell, when it is back, sees why the call ended.
  if (state.phase === "ringing") return draft.end("deadline", "reject", 503);
  if (state.phase === "answering") return draft.end("failure", "reject", 503);
}
