/** A growing list that tests can wait on. */
export class Watched<T> {
  readonly items: T[] = [];
  readonly #waiting = new Set<() => void>();

  push(item: T): void {
    this.items.push(item);
    for (const check of [...this.#waiting]) check();
  }

  /** The first item from index `from` on that fits, now or within `ms`. */
  async first(
    fits: (item: T) => boolean,
    what: string,
    from = 0,
    ms = 8000,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const check = () => {
      const found = this.items.slice(from).find(fits);
      if (found !== undefined) resolve(found);
    };
    const limit = setTimeout(() => reject(new Error(`${what} did not come`)), ms);
    this.#waiting.add(check);
    check();
    try {
      return await promise;
    } finally {
      clearTimeout(limit);
      this.#waiting.delete(check);
    }
  }
}
