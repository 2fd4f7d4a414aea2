import { type OpenStage, openStage } from "../story/open_stage.ts";
import { percentile } from "./percentile.ts";

const RUNS = 5;

/**
 * Start to ready and seeded, in seconds, from nothing: fresh data, warm npm cache, built bundles.
 * The first start is the stage's own.
 */
export async function start(stage: OpenStage) {
  const seconds = [stage.startSeconds];
  while (seconds.length < RUNS) {
    await using another = await openStage({});
    seconds.push(another.startSeconds);
  }
  return {
    runs: seconds.length,
    medianSeconds: Number(percentile(seconds, 50).toFixed(1)),
    maxSeconds: Number(Math.max(...seconds).toFixed(1)),
    note: "another platform idles on the same machine during all runs but the first",
  };
}
