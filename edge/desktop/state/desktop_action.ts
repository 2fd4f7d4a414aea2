import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import type { Problem } from "../../../protocol/errors/problem.ts";
import type { SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";
import type { SessionStatus } from "../session/session_status.ts";
import type { SoftphoneState } from "../softphone/softphone_state.ts";

/** What can happen to the desktop's state. `at` is this machine's time, ms since the epoch. */
export type DesktopAction =
  | { type: "sign-on-started" }
  | { type: "sign-on-failed"; message: string | null }
  | { type: "signed-on"; answer: SignOnAnswer }
  | { type: "signed-out"; message: string | null }
  | { type: "session"; status: SessionStatus }
  | { type: "frame"; frame: SessionFrame; at: number }
  | { type: "softphone"; softphone: SoftphoneState }
  | { type: "command-started"; key: string; awaited?: string }
  | { type: "command-ended"; key: string; problem: Problem | null }
  | { type: "message-started"; messageId: string; interactionId: string; text: string; at: number }
  | { type: "message-repeated"; messageId: string; at: number }
  | { type: "message-failed"; messageId: string; problem: Problem }
  | { type: "message-discarded"; messageId: string }
  | { type: "selected"; interactionId: string | null }
  | { type: "drafted"; interactionId: string; text: string }
  | { type: "notice-dismissed"; id: number };
