import { DurableObject } from "cloudflare:workers";
import type { EdgeBindings } from "../edge_bindings.ts";
import { durableSql } from "../storage/durable_sql.ts";
import type { LimitTake, RateLimitCalls } from "./rate_limit_calls.ts";
import { RateLimits } from "./rate_limits.ts";

const SWEEP_MS = 10 * 60_000;

/** One shard of the limiter. */
export class RateLimitObject extends DurableObject<EdgeBindings> implements RateLimitCalls {
  readonly #limits: RateLimits;

  constructor(ctx: DurableObjectState, env: EdgeBindings) {
    super(ctx, env);
    this.#limits = new RateLimits(durableSql(ctx.storage));
  }

  async take(take: LimitTake): Promise<number> {
    if (await this.ctx.storage.getAlarm() === null) {
      await this.ctx.storage.setAlarm(Date.now() + SWEEP_MS);
    }
    return this.#limits.take(take, Date.now());
  }

  putBack(take: LimitTake): Promise<void> {
    this.#limits.putBack(take);
    return Promise.resolve();
  }

  refill(key: string): Promise<void> {
    this.#limits.refill(key);
    return Promise.resolve();
  }

  override async alarm(): Promise<void> {
    if (this.#limits.sweep(Date.now())) await this.ctx.storage.setAlarm(Date.now() + SWEEP_MS);
  }
}
