import type { EndCause } from "../../../protocol/pop_link/call_event.ts";
import type { StreamEnded } from "../../../protocol/pop_link/call_stream.ts";
import type { RecordingOutcome } from "../../../protocol/recording/recording.ts";

/** What a waiting activity may hear. */
export type StepAnswer =
  | { type: "played"; outcome: "completed" | "interrupted" | "failed"; code: string | null }
  /** Digits are null when they are sealed, or were lost. */
  | {
    type: "collected";
    digits: string | null;
    sealed: string | null;
    outcome: "complete" | "timeout" | "failed";
    code: string | null;
  }
  /** A bot's stream is over. */
  | ({ type: "stream-ended" } & Omit<StreamEnded, "type">)
  /** A message was recorded; `empty` when nobody spoke. */
  | { type: "recorded"; recordingId: string; seconds: number; outcome: RecordingOutcome }
  /** A number that was dialled has answered, or why it did not. */
  | { type: "dialled"; cause: EndCause | null; codec: string | null }
  /** The contact wrote. */
  | { type: "message"; messageId: string; text: string }
  /** A service outside has answered: see what the request's kind says of `answer`. */
  | { type: "service"; answer: unknown }
  /** The flow that was called has returned. */
  | { type: "returned" }
  /** Its time is over. */
  | { type: "timer" };
