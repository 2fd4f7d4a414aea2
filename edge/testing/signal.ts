/** A list that grows, and that can be waited on. */
export class Signal<T> {
  readonly all: T[] = [];
  readonly #listeners = new Set<() => void>();

  add(item: T): void {
    this.all.push(item);
    for (const listen of [...this.#listeners]) listen();
  }

  /**
   * The first item that fits, once there is one.
   * @throws Error when none has come within `timeoutMs`
   */
  async first(fits: (item: T) => boolean, what: string, timeoutMs = 20_000): Promise<T> {
    await this.until((all) => all.some(fits), what, timeoutMs);
    return this.all.find(fits)!;
  }

  /** Waits until the list is as wanted. */
  async until(wanted: (all: T[]) => boolean, what: string, timeoutMs = 20_000): Promise<T[]> {
    if (wanted(this.all)) return this.all;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const listen = () => wanted(this.all) && resolve();
    const timer = setTimeout(
      () => reject(new Error(`${what} did not come; there is ${JSON.stringify(this.all)}`)),
      timeoutMs,
    );
    this.#listeners.add(listen);
    try {
      await promise;
      return this.all;
    } finally {
      clearTimeout(timer);
      this.#listeners.delete(listen);
    }
  }
}
