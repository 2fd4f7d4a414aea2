/**
 * How the softphone stands. `refused`: the browser may not use the microphone; `no-microphone`:
 * there is none, or another program holds it; `lost`: audio broke off and is being made again;
 * `replaced`: the agent's newer softphone took over.
 */
export type SoftphoneStatus =
  | "off"
  | "asking"
  | "refused"
  | "no-microphone"
  | "unsupported"
  | "connecting"
  | "ready"
  | "in-call"
  | "lost"
  | "replaced";

/** What the desktop shows of the softphone. */
export interface SoftphoneState {
  status: SoftphoneStatus;
  muted: boolean;
  /** The browser plays no sound until the agent clicks. */
  soundBlocked: boolean;
}

/** The softphone before sign-on. */
export const initialSoftphone: SoftphoneState = {
  status: "off",
  muted: false,
  soundBlocked: false,
};
