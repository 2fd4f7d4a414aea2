import type { CallDraft } from "./call_draft.ts";

/** Digits kept for a `collect` that has not come yet, at most. */
const TYPE_AHEAD = 32;

/**
 * Takes a digit the caller typed: to the collect under way, whose items it stops if it may, or
 * kept for the next one. A message is ended by its terminator, and nothing else that is typed into
 * it counts. What is typed while a B leg is joined is for that leg, and to a bot for the bot.
 */
export function takeDigit(draft: CallDraft, digit: string): void {
  const { state } = draft;
  if (state.phase !== "up" || state.bLeg?.phase === "joined") return;
  if (!/^[0-9*#A-D]$/.test(digit)) return;
  if (state.stream) {
    const { streamId, phase } = state.stream;
    if (phase !== "connecting") draft.actions.push({ type: "stream-digit", streamId, digit });
    return;
  }
  const message = draft.message();
  if (message) {
    if (digit !== message.terminator) return;
    if (message.phase === "beep") return draft.skipBeep(message);
    return draft.endRecording(message.recordingId, "complete");
  }
  const { collect } = state;
  if (!collect) {
    if (state.typed.length < TYPE_AHEAD) state.typed += digit;
    return;
  }
  if (state.playing?.commandId === collect.commandId) {
    if (!collect.interruptible) return;
    draft.actions.push({ type: "media-stop" });
    state.playing = null;
  }
  if (digit === collect.terminator) return draft.collected("complete");
  const digits = collect.digits + digit;
  state.collect = { ...collect, digits };
  if (digits.length >= collect.maxDigits) return draft.collected("complete");
  draft.awaitDigit(collect.interDigitMs);
}
