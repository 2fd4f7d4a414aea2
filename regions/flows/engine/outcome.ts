import type { Kept } from "../flow_thread.ts";
import type { StartingVariables } from "../starting_variables.ts";

/** What an activity makes of its turn. */
export type Outcome =
  /** The flow goes on there; without an id it has come to its end. */
  | { to: "go"; activityId: string | undefined }
  /** It waits to hear something, until then (epoch ms). */
  | { to: "wait"; until: number; kept: Kept }
  /** The interaction has left the flow, or what comes next is not the flow's to say. */
  | { to: "stop" }
  /** Another flow runs, and returns here. */
  | { to: "call"; flowId: string; version: string } & StartingVariables
  | { to: "return" };

/** Goes on with an activity; without an id the flow is over. */
export function goTo(activityId: string | undefined): Outcome {
  return { to: "go", activityId };
}

/** Waits for an answer until a moment (epoch ms), keeping something small for then. */
export function waitFor(until: number, kept: Kept = null): Outcome {
  return { to: "wait", until, kept };
}

export const STOP: Outcome = { to: "stop" };
export const RETURN: Outcome = { to: "return" };
