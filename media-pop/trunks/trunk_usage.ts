import { TokenBucket } from "./token_bucket.ts";

/** The limits of a trunk that its usage is held against. */
export interface TrunkLimits {
  id: string;
  maxCalls: number;
  maxCallsPerSecond: number;
}

/** Why a trunk may not start another call now. */
export type TrunkFull = "max_calls" | "calls_per_second";

/** Live calls and call rate of each trunk. */
export class TrunkUsage {
  readonly #live = new Map<string, number>();
  readonly #buckets = new Map<string, TokenBucket>();

  /** Counts a new call in if the trunk's limits allow it; else says which limit is reached. */
  start(trunk: TrunkLimits, now: number): TrunkFull | null {
    const live = this.live(trunk.id);
    if (live >= trunk.maxCalls) return "max_calls";
    let bucket = this.#buckets.get(trunk.id);
    if (bucket?.rate !== trunk.maxCallsPerSecond) {
      bucket = new TokenBucket(trunk.maxCallsPerSecond, now);
      this.#buckets.set(trunk.id, bucket);
    }
    if (!bucket.take(now)) return "calls_per_second";
    this.#live.set(trunk.id, live + 1);
    return null;
  }

  /** Counts a call out that {@linkcode start} counted in. */
  end(trunkId: string): void {
    const live = this.live(trunkId) - 1;
    if (live > 0) this.#live.set(trunkId, live);
    else this.#live.delete(trunkId);
  }

  /** How many calls stand on the trunk. */
  live(trunkId: string): number {
    return this.#live.get(trunkId) ?? 0;
  }
}
