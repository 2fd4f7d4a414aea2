import type { LeaseAnswer } from "../../protocol/keeper/lease_answer.ts";

/** Where a cell learns whether it may act for its cluster. */
export interface LeaseSource {
  /**
   * Asks now. `validMs` of the answer counts from before this was called.
   * @throws when nothing is known; what was said before goes on until its time is over
   */
  ask(): Promise<LeaseAnswer>;
}
