/** Runs a part of the seeds beside others. @module */
import { runSeeds } from "./run_seeds.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<{ first: number; seeds: number; most: number }>) => void;
  postMessage(message: unknown): void;
};
scope.onmessage = async ({ data: { first, seeds, most } }) => {
  scope.postMessage(await runSeeds(first, seeds, most));
};
