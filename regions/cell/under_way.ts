/** Counts what is under way, and waits until nothing is. O(1). */
export class UnderWay {
  #count = 0;
  #empty = Promise.withResolvers<void>();

  /** Begins one; the answer is to be called once, at its end. */
  begin(): () => void {
    this.#count += 1;
    return () => {
      this.#count -= 1;
      if (this.#count > 0) return;
      this.#empty.resolve();
      this.#empty = Promise.withResolvers();
    };
  }

  /**
   * Resolves when nothing is under way, or after `ms`.
   *
   * @param timer Runs `run` after `ms`; returns how to cancel it.
   */
  async ended(ms: number, timer: (ms: number, run: () => void) => () => void): Promise<void> {
    if (this.#count === 0) return;
    const late = Promise.withResolvers<void>();
    const cancel = timer(ms, late.resolve);
    await Promise.race([this.#empty.promise, late.promise]);
    cancel();
  }
}
