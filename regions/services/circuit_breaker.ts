import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

interface Circuit {
  /** Failures in a row. */
  failures: number;
  /** Closed to requests until then (epoch ms). */
  until: number;
  /** Times in a row that it opened. */
  opened: number;
  /** One request is on its way to find out. */
  probing: boolean;
}

/** Failures in a row after which nobody is sent there any more. */
export const FAILURES = 5;
const FIRST_PAUSE_MS = 10_000;
const LAST_PAUSE_MS = 120_000;

/**
 * Spares servers that fail again and again, and those who would wait for them: after
 * {@linkcode FAILURES} in a row requests are refused for a while; then one goes through and decides
 * whether the others may. O(1).
 */
export class CircuitBreaker {
  readonly #circuits = new Map<string, Circuit>();

  constructor(readonly now: () => number) {}

  /**
   * Asks to send a request. Every one that may be sent is to be told of by {@linkcode tell}.
   * @throws AntiphonError `service_down`
   */
  ask(key: string): void {
    const circuit = this.#circuits.get(key);
    if (!circuit || circuit.failures < FAILURES) return;
    if (this.now() < circuit.until || circuit.probing) {
      throw new AntiphonError("service_down", "It has failed again and again: try later", {
        data: { until: circuit.until },
      });
    }
    circuit.probing = true;
  }

  /** What became of a request: null when that says nothing about the server. */
  tell(key: string, works: boolean | null): void {
    if (works) {
      this.#circuits.delete(key);
      return;
    }
    const circuit = this.#circuits.get(key) ??
      { failures: 0, until: 0, opened: 0, probing: false };
    if (works === null) {
      circuit.probing = false;
      return;
    }
    this.#circuits.set(key, circuit);
    circuit.failures += 1;
    // Those that were under way when it opened say nothing new.
    const opens = circuit.failures === FAILURES || circuit.probing;
    if (!opens) return;
    circuit.probing = false;
    circuit.until = this.now() + Math.min(FIRST_PAUSE_MS * 2 ** circuit.opened, LAST_PAUSE_MS);
    circuit.opened += 1;
  }

  /** How many servers nobody is sent to at present. */
  get open(): number {
    return [...this.#circuits.values()].filter(({ failures }) => failures >= FAILURES).length;
  }
}
