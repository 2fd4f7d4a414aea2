import type { StreamFault } from "../../protocol/pop_link/call_stream.ts";
import type { CallDraft } from "./call_draft.ts";
import type { StreamInput } from "./stream_input.ts";

/** Takes what happened to the stream under way; what is said of another one comes too late. */
export function takeStream(draft: CallDraft, input: StreamInput): void {
  const { stream } = draft.state;
  if (stream?.streamId !== input.streamId) return;
  const { streamId, wholeUntil } = stream;
  switch (input.type) {
    case "stream-opened": {
      if (stream.phase !== "connecting") return;
      const until = Math.min(wholeUntil, draft.now + stream.firstAudioMs);
      draft.state.stream = { ...stream, phase: "unheard", until };
      draft.actions.push({ type: "stream-bridge", streamId });
      return draft.emit({ type: "stream.started", streamId });
    }
    case "stream-heard":
      if (stream.phase !== "unheard") return;
      draft.state.stream = { ...stream, phase: "talking", until: wholeUntil };
      return;
    case "stream-message":
      return draft.emit({
        type: "stream.message",
        streamId,
        author: input.author,
        text: input.text,
      });
    case "stream-outcome": {
      const { outcome, reason, variables, sealed } = input;
      return draft.endStream({ outcome, reason, variables, sealed });
    }
    case "stream-lost":
      return fail(draft, input.fault);
  }
}

/** A deadline of the stream has passed. */
export function streamTimedOut(draft: CallDraft): void {
  const { stream } = draft.state;
  if (!stream) return;
  const isWhole = stream.wholeUntil <= draft.now;
  if (stream.phase === "connecting") fail(draft, isWhole ? "deadline" : "connect-timeout");
  else if (stream.phase === "unheard") fail(draft, isWhole ? "deadline" : "first-audio-timeout");
  else fail(draft, "deadline");
}

function fail(draft: CallDraft, fault: StreamFault): void {
  draft.endStream({ outcome: "failed", reason: fault, variables: {}, sealed: {} });
}
