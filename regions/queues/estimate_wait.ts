import type { QueuePace } from "./queue_pace.ts";

/** Gaps without which no estimate is given. */
const FEWEST = 3;

/**
 * How long a contact has to wait, in milliseconds, with so many served before it: the queue's mean
 * gap between departures for each of them and for itself. Null until three gaps were measured. O(1).
 */
export function estimateWait(pace: QueuePace | undefined, ahead: number): number | null {
  if (!pace || pace.gaps < FEWEST) return null;
  return Math.round((ahead + 1) * pace.meanGap);
}
