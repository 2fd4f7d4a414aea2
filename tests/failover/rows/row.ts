import type { Verdict } from "../checker/verdict.ts";

/** One run of one scenario, as it is printed and stored. */
export interface Row extends Verdict {
  scenario: string;
  run: number;
  /** Where the cluster was active before and in the end, and at which epochs. */
  from: string;
  to: string;
  /** Calls in flows that did not go on at their step. */
  stepsLost: number;
  /** From mending the fault until commits waited for a standby again, in ms. */
  inSyncMs: number | null;
  /** From the last message written until all that was acknowledged had come to agents, in ms. */
  caughtUpMs: number;
  /** RTP packets that crossed between regions, of calls whose ends are all at one. */
  rtpBetweenRegions: number;
  /** What the lab did and saw, with times from the fault on. */
  notes: string[];
  /** Promises that were broken; empty when all were kept. */
  broken: string[];
}
