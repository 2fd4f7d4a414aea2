/** Does something again and again until it is stopped; the next turn begins when one is over. */
export class Ticker implements AsyncDisposable {
  #stopped = false;
  #wake = () => {};
  readonly #run: Promise<void>;

  /** @param everyMs From the beginning of one turn to the next's, unless a turn takes longer. */
  constructor(readonly everyMs: number, readonly turn: () => Promise<void>) {
    this.#run = this.#go();
  }

  async #go(): Promise<void> {
    while (!this.#stopped) {
      const begun = performance.now();
      await this.turn();
      const rest = this.everyMs - (performance.now() - begun);
      if (rest > 0 && !this.#stopped) await this.#pause(rest);
    }
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
  }

  /** Stops it after the turn that is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#run;
  }
}
