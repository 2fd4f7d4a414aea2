import type { Sql } from "../storage/sql.ts";
import type { LimitTake } from "./rate_limit_calls.ts";
import { takeToken } from "./token_bucket.ts";

/** A bucket nobody has touched for so long is full again, and forgotten. */
const FORGET_MS = 60 * 60_000;
/** At most this many keys; past that the longest untouched go first. */
const KEYS = 20_000;

/** The token buckets of one shard, kept in its database. */
export class RateLimits {
  /** At least as many as there are; counted anew when it reaches the bound. */
  #keys: number;

  constructor(readonly sql: Sql) {
    sql.all("CREATE TABLE IF NOT EXISTS bucket (key TEXT PRIMARY KEY, tokens REAL, at INTEGER)");
    sql.all("CREATE INDEX IF NOT EXISTS bucket_at ON bucket (at)");
    this.#keys = this.#count();
  }

  /** Takes one token. Returns 0, or the milliseconds until there is one. */
  take(take: LimitTake, now: number): number {
    const [row] = this.sql.all<{ tokens: number; at: number }>(
      "SELECT tokens, at FROM bucket WHERE key = ?",
      take.key,
    );
    const { level, waitMs } = takeToken(row, take, now);
    if (!row) this.#room();
    this.sql.all(
      "INSERT OR REPLACE INTO bucket VALUES (?, ?, ?)",
      take.key,
      level.tokens,
      level.at,
    );
    return waitMs;
  }

  /** Gives one token back, as if it had not been taken. */
  putBack({ key, capacity }: LimitTake): void {
    this.sql.all("UPDATE bucket SET tokens = min(tokens + 1, ?) WHERE key = ?", capacity, key);
  }

  refill(key: string): void {
    this.sql.all("DELETE FROM bucket WHERE key = ?", key);
  }

  /** Forgets full buckets. Returns whether any is left. */
  sweep(now: number): boolean {
    this.sql.all("DELETE FROM bucket WHERE at < ?", now - FORGET_MS);
    this.#keys = this.#count();
    return this.#keys > 0;
  }

  #room(): void {
    this.#keys += 1;
    if (this.#keys <= KEYS) return;
    this.sql.all(
      "DELETE FROM bucket WHERE key IN (SELECT key FROM bucket ORDER BY at LIMIT ?)",
      KEYS / 10,
    );
    this.#keys = this.#count() + 1;
  }

  #count(): number {
    return this.sql.all<{ n: number }>("SELECT count(*) AS n FROM bucket")[0].n;
  }
}
