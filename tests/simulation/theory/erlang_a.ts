/** What a line of callers with exponential patience comes to (M/M/c+M). */
export interface ImpatientLine {
  /** Probability that a caller waits. */
  waits: number;
  /** Probability that a caller gives up. */
  abandons: number;
  /** Mean wait of all callers, those who give up included. In the unit of `service`. */
  meanWait: number;
}

/** Probability mass below which the line's tail is left out. */
const NOTHING = 1e-15;

/**
 * The Erlang-A queue (Palm 1957), by the equilibrium of its birth and death process: with n callers
 * there, the next death comes at rate min(n, c) / service + max(n - c, 0) / patience.
 *
 * @param load Arrivals a mean service time brings.
 * @param service Mean service time.
 * @param patience Mean patience, in the unit of `service`.
 */
export function erlangA(
  servers: number,
  load: number,
  service: number,
  patience: number,
): ImpatientLine {
  const arrivals = load / service;
  let weight = 1;
  let sum = 0;
  let busy = 0;
  let queue = 0;
  for (let n = 0;; n++) {
    sum += weight;
    if (n >= servers) {
      busy += weight;
      queue += weight * (n - servers);
    }
    const deaths = Math.min(n + 1, servers) / service + Math.max(n + 1 - servers, 0) / patience;
    weight *= arrivals / deaths;
    if (n > servers && weight < sum * NOTHING) break;
  }
  // Little's law for the queue; everybody there gives up at the rate 1 / patience.
  const meanWait = queue / sum / arrivals;
  return { waits: busy / sum, abandons: meanWait / patience, meanWait };
}
