import type { FlowThread } from "./flow_thread.ts";

/**
 * Under which the rounds of an activity are counted: lines and called flows count for themselves,
 * whatever their activities are called. Without an id, what all of a call's keys begin with.
 */
export function roundsKey(
  { id, frames }: Pick<FlowThread, "id" | "frames">,
  activityId = "",
): string {
  return `${id}/${frames.length}/${activityId}`;
}
