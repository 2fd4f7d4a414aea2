/** Lets `rate` takings a second through, with bursts of as many. Times are in milliseconds. */
export class TokenBucket {
  readonly rate: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(rate: number, now: number, burst = rate) {
    this.rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = now;
  }

  /** Takes one token if there is one. A clock that went back gives no tokens. */
  take(now: number): boolean {
    this.#tokens = Math.min(
      this.#burst,
      this.#tokens + Math.max(0, now - this.#at) * this.rate / 1000,
    );
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
