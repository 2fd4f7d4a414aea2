/**
 * What RFC 3550 wants known of a received stream: loss (A.3), jitter (A.8), sequence cycles (A.1).
 * `receive` is O(1) and allocates nothing. A new SSRC or a jump in sequence starts the stream anew
 * and keeps the totals.
 */
export class ReceptionStatistics {
  ssrc = 0;
  /** Packets taken, without duplicates. */
  received = 0;
  outOfOrder = 0;
  duplicates = 0;
  /** Times the stream began anew: another SSRC or a jump. */
  restarts = 0;
  /** Clock readings in milliseconds; -1 before the first packet. */
  firstAt = -1;
  lastAt = -1;
  #started = false;
  #base = 0;
  #highest = 0;
  #receivedHere = 0;
  #lostBefore = 0;
  #jitter = 0;
  #transit = 0;
  #window = 0;
  #priorExpected = 0;
  #priorReceived = 0;

  /** Takes a packet; `now` in milliseconds. False when it is a duplicate or too old to tell. */
  receive(ssrc: number, sequence: number, timestamp: number, now: number): boolean {
    if (this.firstAt < 0) this.firstAt = now;
    this.lastAt = now;
    const delta = this.#started ? ((sequence - this.#highest) << 16) >> 16 : 0;
    if (!this.#started || ssrc !== this.ssrc || delta > 3000 || delta < -100) {
      this.#restart(ssrc, sequence, timestamp, now);
      return true;
    }
    if (delta > 0) {
      this.#window = delta > 31 ? 1 : (this.#window << delta) | 1;
      this.#highest += delta;
    } else {
      const bit = 1 << -delta;
      if (delta <= -32 || (this.#window & bit) !== 0) {
        this.duplicates++;
        return false;
      }
      this.#window |= bit;
      this.outOfOrder++;
    }
    this.received++;
    this.#receivedHere++;
    const transit = (now * 8 - timestamp) | 0;
    const d = Math.abs((transit - this.#transit) | 0);
    this.#transit = transit;
    if (d < 80_000) this.#jitter += (d - this.#jitter) / 16;
    return true;
  }

  /** Packets missing since the first, never below zero (A.3). */
  get lost(): number {
    return this.#lostBefore + Math.max(0, this.#expected() - this.#receivedHere);
  }

  /** Interarrival jitter in timestamp units of 1/8 ms (A.8). */
  get jitter(): number {
    return Math.floor(this.#jitter);
  }

  get jitterMilliseconds(): number {
    return this.#jitter / 8;
  }

  /** Extended highest sequence number received: cycles in the upper 16 bits. */
  get extendedHighest(): number {
    return this.#highest >>> 0;
  }

  /** Loss since the last call, as RFC 3550's 8-bit fraction. */
  takeFractionLost(): number {
    const expected = this.#expected() - this.#priorExpected;
    const received = this.#receivedHere - this.#priorReceived;
    this.#priorExpected += expected;
    this.#priorReceived += received;
    const lost = expected - received;
    return expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor(lost * 256 / expected));
  }

  #expected(): number {
    return this.#started ? this.#highest - this.#base + 1 : 0;
  }

  #restart(ssrc: number, sequence: number, timestamp: number, now: number): void {
    if (this.#started) this.restarts++;
    this.#lostBefore = this.lost;
    this.#started = true;
    this.ssrc = ssrc;
    this.#base = this.#highest = sequence;
    this.#receivedHere = 1;
    this.#window = 1;
    this.#priorExpected = this.#priorReceived = 0;
    this.#transit = (now * 8 - timestamp) | 0;
    this.received++;
  }
}
