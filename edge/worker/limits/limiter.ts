import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { objectNamed, type ObjectNamespace } from "../storage/object_namespace.ts";
import type { LimitTake, RateLimitCalls } from "./rate_limit_calls.ts";

const SHARDS = 16;

/** Limits by key, spread over shards. Keys are hashed: no name or address is stored. */
export class Limiter {
  constructor(readonly namespace: ObjectNamespace<RateLimitCalls>) {}

  /** @throws AntiphonError `too_many_requests` with the seconds to wait as `retryAfter` */
  async take(take: LimitTake): Promise<void> {
    const key = await hashed(take.key);
    const waitMs = await this.#shard(key).take({ ...take, key });
    if (waitMs === 0) return;
    throw new AntiphonError("too_many_requests", "Wait before you try again", {
      data: { retryAfter: Math.ceil(waitMs / 1000) },
    });
  }

  /** Gives one token back. */
  async putBack(take: LimitTake): Promise<void> {
    const key = await hashed(take.key);
    await this.#shard(key).putBack({ ...take, key });
  }

  /** Fills a bucket again. */
  async refill(key: string): Promise<void> {
    const name = await hashed(key);
    await this.#shard(name).refill(name);
  }

  #shard(key: string): RateLimitCalls {
    return objectNamed(this.namespace, `shard-${parseInt(key.slice(0, 2), 16) % SHARDS}`);
  }
}

async function hashed(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
}
