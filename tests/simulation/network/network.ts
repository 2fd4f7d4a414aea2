import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EventQueue } from "../clock/event_queue.ts";
import type { Random } from "../random/random.ts";

/** How bad the network is for a while. */
export interface Weather {
  /** Probability that a request or its answer is lost. */
  loss: number;
  /** Longest way, in ms. */
  slowest: number;
}

const FAIR: Weather = { loss: 0, slowest: 40 };

/** The network between the rooms: everything takes time, and in bad weather some of it is lost. */
export class Network {
  weather: Weather = FAIR;

  constructor(readonly queue: EventQueue) {}

  clear(): void {
    this.weather = FAIR;
  }

  /** One way, in ms. */
  latency(random: Random): number {
    return random.between(1, this.weather.slowest);
  }

  lost(random: Random): boolean {
    return this.weather.loss > 0 && random.chance(this.weather.loss);
  }

  /**
   * A request over HTTP: it or its answer may be lost, so that the caller does not know whether it
   * was carried out.
   * @param run Runs at the callee.
   * @throws AntiphonError `unavailable` after `timeoutMs`; else what `run` throws
   */
  request<T>(random: Random, timeoutMs: number, run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let settled = false;
      const settle = (finish: () => void) => {
        if (settled) return;
        settled = true;
        cancel();
        finish();
      };
      const cancel = this.queue.after(timeoutMs, () => {
        settled = true;
        reject(new AntiphonError("unavailable", "No answer in time"));
      });
      if (this.lost(random)) return;
      this.queue.after(this.latency(random), () => {
        const answer = (finish: () => void) => {
          if (this.lost(random)) return;
          this.queue.after(this.latency(random), () => settle(finish));
        };
        run().then((value) => answer(() => resolve(value)), (e) => answer(() => reject(e)));
      });
    });
  }
}
