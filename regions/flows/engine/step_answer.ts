import type { EndCause } from "../../../protocol/pop_link/call_event.ts";

/** What a waiting activity may hear. */
export type StepAnswer =
  | { type: "played"; outcome: "completed" | "interrupted" | "failed" }
  /** Digits are null when they are sealed. */
  | { type: "collected"; digits: string | null; sealed: string | null; complete: boolean }
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
