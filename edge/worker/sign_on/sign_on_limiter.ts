import type { DurableObjectState } from "@cloudflare/workers-types";

/** Attempts allowed in a row, and the seconds after which one more is. */
const BURST = 10;
const REFILL_SECONDS = 6;

/**
 * Durable Object, one for each person and one for each address: a bucket of sign-on attempts.
 * `POST /` takes one: 204, or 429 with the seconds to wait in Retry-After.
 */
export class SignOnLimiter {
  #tokens = BURST;
  #at = 0;

  constructor(readonly ctx: DurableObjectState) {}

  fetch(): Response {
    const now = Date.now() / 1000;
    this.#tokens = Math.min(BURST, this.#tokens + (now - this.#at) / REFILL_SECONDS);
    this.#at = now;
    if (this.#tokens < 1) {
      const wait = Math.ceil((1 - this.#tokens) * REFILL_SECONDS);
      return new Response(null, { status: 429, headers: { "retry-after": String(wait) } });
    }
    this.#tokens -= 1;
    return new Response(null, { status: 204 });
  }
}
