import type { BucketSize } from "./rate_limit_calls.ts";

/** A bucket as it stood at a time. */
export interface BucketLevel {
  tokens: number;
  at: number;
}

/**
 * Takes one token from a bucket that fills steadily. `waitMs` is 0 when there was one, else the
 * time until there will be, and the level stays. A clock that went back adds nothing.
 */
export function takeToken(
  level: BucketLevel | undefined,
  size: BucketSize,
  now: number,
): { level: BucketLevel; waitMs: number } {
  const before = level ?? { tokens: size.capacity, at: now };
  const gained = Math.max(0, now - before.at) * size.perSecond / 1000;
  const tokens = Math.min(size.capacity, before.tokens + gained);
  if (tokens >= 1) return { level: { tokens: tokens - 1, at: now }, waitMs: 0 };
  return {
    level: { tokens, at: now },
    waitMs: Math.max(1, Math.ceil((1 - tokens) * 1000 / size.perSecond)),
  };
}
