/** A stream this far off the clock, for this many packets, is laid down anew. */
const TOLERATED = 1600;
const PATIENCE = 25;
/** Off by more than this, it is another stream under an old name. */
const ABSURD = 24_000;

/**
 * Says where a stream's packets belong on a tape, in samples. Timestamps keep gaps and order, as
 * they were when they were said; the clock tells where a stream begins, and where it goes on after
 * it has jumped or drifted. O(1), no allocation.
 */
export class ChannelTimeline {
  #ssrc = -1;
  #timestamp = 0;
  #position = 0;
  #strange = 0;

  /** @param at where the tape is now */
  position(ssrc: number, timestamp: number, at: number): number {
    const next = this.#position + ((timestamp - this.#timestamp) | 0);
    const off = Math.abs(next - at);
    this.#strange = off > TOLERATED ? this.#strange + 1 : 0;
    const goesOn = ssrc === this.#ssrc && off <= ABSURD && this.#strange < PATIENCE;
    if (!goesOn) this.#strange = 0;
    this.#ssrc = ssrc;
    this.#timestamp = timestamp;
    this.#position = goesOn ? next : at;
    return this.#position;
  }
}
