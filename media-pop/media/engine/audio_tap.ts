import type { Codec } from "../g711/codec.ts";

/**
 * Listens in on a leg. Packets are lent for the call only; code words stand at `start..end`.
 * Called on the audio path: O(payload), no allocation, must not throw. `now` is the media clock's.
 */
export interface AudioTap {
  /** Audio of the far end. `timestamp` counts samples of the stream `ssrc`. */
  heard(
    packet: Uint8Array,
    start: number,
    end: number,
    codec: Codec,
    ssrc: number,
    timestamp: number,
    now: number,
  ): void;
  /** Audio to the far end: the peer, a prompt, silence. */
  said: AudioTap["heard"];
  /** The far end sends a telephone event (RFC 4733). */
  typing(now: number): void;
  /** A step of the 20 ms clock. */
  tick(now: number): void;
}
