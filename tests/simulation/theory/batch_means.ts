/** Student's t for 99 % and 19 degrees of freedom. */
const T_99_19 = 2.861;
const BATCHES = 20;

/** A mean with half the width of its confidence interval. */
export interface Estimate {
  mean: number;
  halfWidth: number;
}

/**
 * Estimates the mean of a series whose values depend on those before, by the method of batch means:
 * 20 batches that are long enough to hardly depend on each other. 99 % confidence.
 */
export function batchMeans(series: readonly number[]): Estimate {
  const size = Math.floor(series.length / BATCHES);
  const means = Array.from({ length: BATCHES }, (_, i) => {
    let sum = 0;
    for (let k = i * size; k < (i + 1) * size; k++) sum += series[k];
    return sum / size;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / BATCHES;
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (BATCHES - 1);
  return { mean, halfWidth: T_99_19 * Math.sqrt(variance / BATCHES) };
}
