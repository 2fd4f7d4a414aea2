/** Commands allowed in a row, and a second. */
const BURST = 40;
const PER_SECOND = 20;

/** A token bucket for the commands of one desktop. */
export class CommandRate {
  #tokens = BURST;
  #at = 0;

  /** Whether one more command may pass at `now` (epoch ms). */
  take(now: number): boolean {
    this.#tokens = Math.min(BURST, this.#tokens + (now - this.#at) / 1000 * PER_SECOND);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
