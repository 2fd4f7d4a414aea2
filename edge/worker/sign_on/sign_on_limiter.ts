import type { DurableObjectState } from "@cloudflare/workers-types";

/** Attempts allowed in a row, and the seconds after which one more is. Offices share addresses. */
const LIMITS: Readonly<Record<string, { burst: number; refillSeconds: number }>> = {
  "/person": { burst: 10, refillSeconds: 6 },
  "/address": { burst: 300, refillSeconds: 0.2 },
};

/**
 * Durable Object, one for each person and one for each address: a bucket of sign-on attempts.
 * `POST /person` or `/address` takes one: 204, or 429 with the seconds to wait in Retry-After.
 */
export class SignOnLimiter {
  #tokens = Infinity;
  #at = 0;

  constructor(readonly ctx: DurableObjectState) {}

  fetch(request: Request): Response {
    const { burst, refillSeconds } = LIMITS[new URL(request.url).pathname] ?? LIMITS["/person"];
    const now = Date.now() / 1000;
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#at) / refillSeconds);
    this.#at = now;
    if (this.#tokens < 1) {
      const wait = Math.ceil((1 - this.#tokens) * refillSeconds);
      return new Response(null, { status: 429, headers: { "retry-after": String(wait) } });
    }
    this.#tokens -= 1;
    return new Response(null, { status: 204 });
  }
}
