import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Options of {@linkcode Turnstile}. */
export interface TurnstileOptions {
  /** How many of one key may be inside at a time. */
  most: number;
  /** How many of one key may wait. */
  waiting: number;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
}

interface Place {
  inside: number;
  /** Those who wait, first come first; a set, so that one who gives up is gone in O(1). */
  queue: Set<() => void>;
}

/** Lets so many of each key in at a time; others wait for a while, in order. O(1). */
export class Turnstile {
  readonly #places = new Map<string, Place>();

  constructor(readonly options: TurnstileOptions) {}

  /** How many are inside, over all keys. */
  get inside(): number {
    return [...this.#places.values()].reduce((sum, place) => sum + place.inside, 0);
  }

  /**
   * Resolves with how to leave once there is room.
   * @throws AntiphonError `service_busy` after `waitMs`, or when too many wait
   */
  async enter(key: string, waitMs: number): Promise<() => void> {
    const place = this.#places.get(key) ?? { inside: 0, queue: new Set() };
    this.#places.set(key, place);
    if (place.inside < this.options.most) place.inside += 1;
    else await this.#wait(place, waitMs);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const [next] = place.queue;
      // Whoever waits takes the place over.
      if (next) {
        place.queue.delete(next);
        next();
        return;
      }
      place.inside -= 1;
      if (place.inside === 0) this.#places.delete(key);
    };
  }

  #wait(place: Place, waitMs: number): Promise<void> {
    if (place.queue.size >= this.options.waiting) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      const admit = () => {
        cancel();
        resolve();
      };
      const cancel = this.options.timer(waitMs, () => {
        place.queue.delete(admit);
        reject(busy());
      });
      place.queue.add(admit);
    });
  }
}

function busy(): AntiphonError {
  return new AntiphonError("service_busy", "Too many requests are under way there");
}
