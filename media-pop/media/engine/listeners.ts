import type { Logger } from "../../../protocol/telemetry/logger.ts";

/** Those who want to hear of one kind of event. One that throws is logged; the others still hear. */
export class Listeners<T extends unknown[]> {
  readonly #listeners = new Set<(...event: T) => void>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Adds a listener; the function returned takes it away. */
  add(listener: (...event: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(...event: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(...event);
      } catch (error) {
        this.#log.error("media.listener_failed", { error });
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
