/** A failed attempt. */
export interface FailedAttempt {
  /** Attempts before this one. */
  attempt: number;
  /** The `retry-after` header (RFC 9110 section 10.2.3), if there was one. */
  retryAfter?: string;
  /** Now, epoch ms. */
  now: number;
  /** From 0 to below 1. */
  random: number;
}

/** Statuses after which a repeat may help. */
export const RETRIED: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const FIRST_MS = 200;
const LAST_MS = 5_000;

/**
 * Milliseconds until the next attempt: what the server asks for, else twice as long each time, with
 * up to half of it left to chance.
 */
export function retryWait({ attempt, retryAfter, now, random }: FailedAttempt): number {
  const usual = Math.min(FIRST_MS * 2 ** attempt, LAST_MS) * (1 - random / 2);
  return Math.max(usual, asked(retryAfter?.trim(), now));
}

function asked(retryAfter: string | undefined, now: number): number {
  if (!retryAfter) return 0;
  if (/^[0-9]{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
