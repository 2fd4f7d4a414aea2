import type { SignOnRequest } from "../../../protocol/sign_on/sign_on.ts";

/** What the agent wants, as the components say it. */
export type Intent =
  | { type: "sign-on"; request: SignOnRequest }
  | { type: "sign-out" }
  | { type: "go-available" }
  | { type: "go-idle"; idleCode: string | null }
  | { type: "accept"; offerId: string }
  | { type: "decline"; offerId: string }
  | { type: "end"; interactionId: string }
  | { type: "wrap-up"; interactionId: string; code: string }
  | { type: "extend-contact-idle"; interactionId: string }
  | { type: "set-variable"; interactionId: string; variable: string; value: string }
  | { type: "send-message"; interactionId: string; text: string }
  | { type: "retry-message"; messageId: string }
  | { type: "discard-message"; messageId: string }
  | { type: "draft"; interactionId: string; text: string }
  | { type: "select"; interactionId: string | null }
  | { type: "toggle-mute" }
  | { type: "send-digit"; digit: string }
  | { type: "retry-session" }
  | { type: "retry-softphone" }
  | { type: "unblock-sound" }
  | { type: "dismiss-notice"; id: number };
