import type { SimulationResult } from "../../../protocol/flow/flow_simulation.ts";

/** Milliseconds of work between two pauses. */
const SLICE_MS = 10;

/**
 * Runs a simulation so that others have their turn before it, and after every 10 ms of it.
 *
 * @param pause Lets others have their turn.
 * @param aborted Whoever asked is gone: it is given up, and null returned.
 */
export async function simulateInSlices(
  simulation: Generator<void, SimulationResult>,
  pause: () => Promise<void>,
  aborted: () => boolean = () => false,
  clock: () => number = () => performance.now(),
): Promise<SimulationResult | null> {
  await pause();
  let since = clock();
  for (;;) {
    const { done, value } = simulation.next();
    if (done) return value;
    if (clock() - since < SLICE_MS) continue;
    await pause();
    if (aborted()) return null;
    since = clock();
  }
}
