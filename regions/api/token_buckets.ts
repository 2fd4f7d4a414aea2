import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** How often somebody may do something. */
export interface BucketSize {
  /** So often at once. */
  capacity: number;
  /** And once more after each of these, in milliseconds. */
  everyMs: number;
}

/** Buckets that are kept: those longest untouched are full again, and go first. */
const MOST = 10_000;

/** Token buckets by key. O(1). */
export class TokenBuckets {
  readonly #levels = new Map<string, { tokens: number; at: number }>();

  constructor(readonly size: BucketSize, readonly now: () => number) {}

  /** Takes one. @throws AntiphonError `too_many_requests`, with `retryAfter` in seconds */
  take(key: string): void {
    const { capacity, everyMs } = this.size;
    const at = this.now();
    const before = this.#levels.get(key) ?? { tokens: capacity, at };
    const gained = Math.max(0, at - before.at) / everyMs;
    const tokens = Math.min(capacity, before.tokens + gained);
    if (tokens < 1) {
      throw new AntiphonError("too_many_requests", "Wait before you ask again", {
        data: { retryAfter: Math.ceil((1 - tokens) * everyMs / 1000) },
      });
    }
    this.#levels.delete(key);
    this.#levels.set(key, { tokens: tokens - 1, at });
    if (this.#levels.size > MOST) this.#levels.delete(this.#levels.keys().next().value!);
  }
}
