/** A bucket of tokens: how many it holds at most and how many come back in a second. */
export interface BucketSize {
  capacity: number;
  perSecond: number;
}

/** One key to take a token for. */
export interface LimitTake extends BucketSize {
  key: string;
}

/** What a shard of the limiter answers. */
export interface RateLimitCalls {
  /** Takes one token. Returns 0 when it was there, else the milliseconds until one will be. */
  take(take: LimitTake): Promise<number>;
  /** Gives one token back. */
  putBack(take: LimitTake): Promise<void>;
  /** Fills a bucket again. */
  refill(key: string): Promise<void>;
}
