import type { Message } from "../../../protocol/interaction/message.ts";
import { failureLabel } from "../format/failure_label.ts";
import type { DesktopState } from "./desktop_state.ts";

/** One line of a conversation as it is shown. */
export interface ThreadEntry {
  id: string;
  direction: Message["direction"];
  author: Message["author"];
  text: string;
  at: number;
  status: Message["status"];
  /** Why it failed, in plain words. */
  reason: string | null;
  /** Whether the platform has it; what it has not can be tried again under its old id. */
  confirmed: boolean;
}

/** A conversation's messages, then the replies the platform has not confirmed. */
export function threadOf(state: DesktopState, interactionId: string): ThreadEntry[] {
  const confirmed = (state.messages[interactionId] ?? []).map((message): ThreadEntry => ({
    ...message,
    reason: failureLabel(message.failure),
    confirmed: true,
  }));
  const unsent = state.unsent.filter((one) => one.interactionId === interactionId)
    .map((one): ThreadEntry => ({
      id: one.id,
      direction: "outbound",
      author: "agent",
      text: one.text,
      at: one.at,
      status: one.status === "failed" ? "failed" : "pending",
      reason: one.reason,
      confirmed: false,
    }));
  return [...confirmed, ...unsent];
}
