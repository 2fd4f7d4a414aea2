/** Tells waiters that something changed, and counts how often. */
export class ChangeSignal {
  #generation = 0;
  #next = Promise.withResolvers<void>();

  /** Grows with every change. What was read under an older generation may be stale. */
  get generation(): number {
    return this.#generation;
  }

  /** Says that something changed. */
  raise(): void {
    this.#generation++;
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  /**
   * Waits for the generation to differ from `seen`: at most `ms` milliseconds, and no longer than
   * until a signal aborts.
   */
  async wait(seen: number, ms: number, ...signals: AbortSignal[]): Promise<void> {
    if (this.#generation !== seen || signals.some((signal) => signal.aborted)) return;
    const done = Promise.withResolvers<void>();
    const timer = setTimeout(done.resolve, ms);
    const stop = () => done.resolve();
    for (const signal of signals) signal.addEventListener("abort", stop, { once: true });
    try {
      await Promise.race([this.#next.promise, done.promise]);
    } finally {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", stop);
    }
  }
}
