import { TIMINGS } from "../transaction/timings.ts";
import type { TimerWheel, WheelTimer } from "../transport/timer_wheel.ts";

/**
 * Repeats a 2xx to an INVITE until its ACK comes (RFC 3261 section 13.3.1.4): every T1, doubling
 * to T2, over every transport; gives up after 64*T1.
 */
export class AnswerRepeater {
  #repeat?: WheelTimer;
  #patience?: WheelTimer;
  #interval: number = TIMINGS.t1;

  constructor(
    readonly wheel: TimerWheel,
    /** CSeq number of the INVITE, which its ACK repeats. */
    readonly cseq: number,
    readonly send: () => void,
    onTimeout: () => void,
  ) {
    this.#patience = wheel.set(TIMINGS.patience, () => {
      this.stop();
      onTimeout();
    });
    this.#arm();
  }

  /** Whether the ACK is still awaited. */
  get waiting(): boolean {
    return this.#patience !== undefined;
  }

  /** The ACK has come, or does not matter any more. */
  stop(): void {
    this.wheel.clear(this.#repeat);
    this.wheel.clear(this.#patience);
    this.#repeat = this.#patience = undefined;
  }

  #arm(): void {
    this.#repeat = this.wheel.set(this.#interval, () => {
      this.send();
      this.#interval = Math.min(this.#interval * 2, TIMINGS.t2);
      this.#arm();
    });
  }
}
