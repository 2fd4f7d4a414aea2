import type { FlowPosition } from "./flow_position.ts";

/** A treatment is broken into: what it waited for, and until when, is known for when it goes on. */
export function breakInto(flow: FlowPosition): void {
  if (flow.deadline === null) return;
  flow.interrupted = true;
  flow.pausedUntil = flow.deadline;
}
