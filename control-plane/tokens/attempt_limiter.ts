/** Options of {@linkcode AttemptLimiter}. */
export interface AttemptLimiterOptions {
  /** Attempts allowed in one window. */
  attempts: number;
  windowMs: number;
  now: () => number;
  /** Keys remembered at most; beyond, the oldest window is forgotten. */
  maxKeys?: number;
}

/** Limits how often something may happen for one key within a fixed window. */
export class AttemptLimiter {
  readonly #windows = new Map<string, { until: number; count: number }>();
  readonly #options: Required<AttemptLimiterOptions>;

  constructor(options: AttemptLimiterOptions) {
    this.#options = { maxKeys: 10_000, ...options };
  }

  /** Seconds until another attempt is allowed; 0 when one is allowed now. */
  retryAfter(key: string): number {
    const window = this.#windows.get(key);
    const at = this.#options.now();
    if (!window || window.until <= at || window.count < this.#options.attempts) return 0;
    return Math.ceil((window.until - at) / 1000);
  }

  /** Counts one attempt. */
  count(key: string): void {
    const at = this.#options.now();
    const window = this.#windows.get(key);
    if (window && window.until > at) {
      window.count++;
      return;
    }
    this.#windows.delete(key);
    if (this.#windows.size >= this.#options.maxKeys) {
      this.#windows.delete(this.#windows.keys().next().value!);
    }
    this.#windows.set(key, { until: at + this.#options.windowMs, count: 1 });
  }

  /** Takes one attempt back: it was a good one. */
  forgive(key: string): void {
    const window = this.#windows.get(key);
    if (window) window.count--;
  }
}
