/** Time that only goes by when told to. */
export class VirtualClock {
  now = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];

  timer = (ms: number, run: () => void): () => void => {
    const timer = { at: this.now + ms, run };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  };

  pause = (ms: number): Promise<void> => new Promise((resolve) => void this.timer(ms, resolve));

  /** How many timers stand. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Lets so much time go by, with every timer on the way, in order. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    await settled();
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.at - b.at);
      if (!next || next.at > until) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
      await settled();
    }
    this.now = until;
  }

  /** Lets time go by, from timer to timer, until a promise settles. */
  async until<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const end = () => void (over = true);
    work.then(end, end);
    await settled();
    for (let steps = 0; !over && steps < 10_000; steps++) {
      const next = Math.min(...this.#timers.map(({ at }) => at));
      if (next === Infinity) break;
      await this.pass(Math.max(0, next - this.now));
    }
    return await work;
  }
}

/** Lets everything that is ready run: promises, signatures, streams. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}
