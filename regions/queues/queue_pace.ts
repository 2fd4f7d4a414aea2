/** How fast a queue has been served lately, and how good its estimates were. */
export interface QueuePace {
  /** The last departure after which others still waited (epoch ms); null when nobody did. */
  since: number | null;
  /** Weighted mean of the time between departures while others waited, in milliseconds. */
  meanGap: number;
  /** Gaps measured. */
  gaps: number;
  /** Weighted mean of |waited − estimated|, in milliseconds. */
  meanError: number;
  /** Weighted mean of waited − estimated: above 0, estimates were too short. */
  bias: number;
  /** Estimates compared with what came of them. */
  judged: number;
}

/** Measurements that weigh as much as all before them. */
const MEMORY = 20;

/** A pace before anything was measured. */
export function newQueuePace(): QueuePace {
  return { since: null, meanGap: 0, gaps: 0, meanError: 0, bias: 0, judged: 0 };
}

/**
 * A contact left the queue for whoever serves it. In place, O(1).
 *
 * @param left Whether others still wait.
 * @param waited How long it waited, and what it could expect (ms; null: it was told nothing).
 */
export function departed(
  pace: QueuePace,
  at: number,
  left: boolean,
  waited: { actual: number; estimated: number | null },
): void {
  if (pace.since !== null) {
    pace.gaps += 1;
    pace.meanGap = weigh(pace.meanGap, at - pace.since, pace.gaps);
  }
  pace.since = left ? at : null;
  if (waited.estimated === null) return;
  const error = waited.actual - waited.estimated;
  pace.judged += 1;
  pace.meanError = weigh(pace.meanError, Math.abs(error), pace.judged);
  pace.bias = weigh(pace.bias, error, pace.judged);
}

function weigh(mean: number, value: number, count: number): number {
  return mean + (value - mean) / Math.min(count, MEMORY);
}
