import type { SessionStatus } from "../session/session_status.ts";
import type { SoftphoneStatus } from "../softphone/softphone_state.ts";

/** A state in a word or two, and how it is coloured. */
export interface StatusLabel {
  text: string;
  tone: "good" | "busy" | "warn" | "bad" | "off";
}

/** What the connection's states are called. */
export const CONNECTION_LABELS: Record<SessionStatus["status"], StatusLabel> = {
  connecting: { text: "Connecting", tone: "warn" },
  connected: { text: "Connected", tone: "good" },
  reconnecting: { text: "Reconnecting", tone: "warn" },
  offline: { text: "Offline", tone: "bad" },
  replaced: { text: "Elsewhere", tone: "off" },
  ended: { text: "Ended", tone: "off" },
};

/** What the softphone's states are called. */
export const SOFTPHONE_LABELS: Record<SoftphoneStatus, StatusLabel> = {
  off: { text: "Softphone off", tone: "off" },
  asking: { text: "Allow microphone", tone: "warn" },
  refused: { text: "Microphone refused", tone: "bad" },
  "no-microphone": { text: "No microphone", tone: "bad" },
  unsupported: { text: "No softphone", tone: "off" },
  connecting: { text: "Connecting", tone: "warn" },
  ready: { text: "Ready", tone: "good" },
  "in-call": { text: "In call", tone: "busy" },
  lost: { text: "Audio lost", tone: "bad" },
  replaced: { text: "Elsewhere", tone: "off" },
};
