import type { VariableType } from "../../protocol/flow/variable_type.ts";

/** Variables that every flow has, set by the platform. */
export const SYSTEM_VARIABLES = {
  /** Voice: as the carrier gave it, E.164 where it could be read so. */
  callerNumber: "text",
  dialledNumber: "text",
  /** Digital: the contact's own name, or their address. */
  contactName: "text",
  contactAddress: "text",
  channel: "text",
  interactionId: "text",
  entryPoint: "text",
  /** BCP 47, such as `de-DE`. */
  language: "text",
  /** Set by `queue-information`. */
  queuePosition: "number",
  estimatedWaitSeconds: "number",
  agentsAvailable: "number",
  agentsSignedIn: "number",
  /** Set by `transfer` when it came to nothing. */
  transferCause: "text",
  /** Set before an error path is taken. */
  errorCode: "text",
  errorMessage: "text",
  errorActivity: "text",
  /** Set in event handlers. */
  eventName: "text",
  agentId: "text",
  agentName: "text",
  /** Set by `voicemail`, unless it names others; and of the contact that follows a message. */
  recordingId: "text",
  recordingSeconds: "number",
  messageFrom: "text",
} as const satisfies Readonly<Record<string, VariableType>>;
