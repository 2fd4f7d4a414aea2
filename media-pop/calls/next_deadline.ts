import type { CallState } from "./call_state.ts";

/** When `advanceCall` must next be given the time; null only for a call that has ended. */
export function nextDeadline(state: CallState): number | null {
  if (state.phase === "ended") return null;
  let at = state.until;
  if (state.collect) at = Math.min(at, state.collect.until);
  if (state.bLeg && state.bLeg.phase !== "joined") at = Math.min(at, state.bLeg.until);
  if (state.stream) at = Math.min(at, state.stream.until);
  for (const sealing of state.sealing) at = Math.min(at, sealing.until);
  for (const leg of state.leaving) at = Math.min(at, leg.until);
  for (const recording of state.recordings) at = Math.min(at, recording.until);
  return at;
}
