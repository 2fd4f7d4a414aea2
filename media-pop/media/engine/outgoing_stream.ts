import type { DigitStep } from "../dtmf/digit_sender.ts";
import type { RtpHeader } from "../rtp/rtp_header.ts";
import { writeRtpHeader } from "../rtp/write_rtp_header.ts";

const FRAME = 160;
const LONG_AGO = 100;

/**
 * The one RTP stream a leg sends, whatever feeds it: prompts, silence, digits, a peer. It has its
 * own SSRC; sequence numbers go on without a hole and timestamps with the time that passed, and a
 * marker says where another source takes over. Sequences start below 2^15, so that a receiver that
 * joins late cannot guess a wrong SRTP roll-over counter (RFC 3711 section 3.3.1). Each write is
 * O(1) and allocates nothing.
 */
export class OutgoingStream {
  readonly ssrc: number;
  packets = 0;
  /** Payload bytes sent. */
  octets = 0;
  #sequence: number;
  #timestamp: number;
  #timestampAt = -1;
  #source: unknown;
  #sourceSsrc = 0;
  #sequenceOffset = 0;
  #timestampOffset = 0;
  #highest = 0;
  #highestTimestamp = 0;
  #floor = 0;

  /** `random` fills 32-bit numbers. */
  constructor(random: () => number) {
    this.ssrc = random();
    // The first packet is one further: it must still lie below 2^15 (RFC 3711 section 3.3.1).
    this.#sequence = (random() >>> 0) % 0x7fff;
    this.#timestamp = random();
  }

  /** RTP timestamp at `now`, for sender reports. */
  timestampAt(now: number): number {
    if (this.#timestampAt < 0) return this.#timestamp;
    return (this.#timestamp + Math.round((now - this.#timestampAt) * 8)) >>> 0;
  }

  /** Heads a 20 ms frame of our own. */
  frame(packet: Uint8Array, payloadType: number, now: number): void {
    const goesOn = this.#source === this && now - this.#timestampAt < LONG_AGO;
    const timestamp = goesOn ? (this.#timestamp + FRAME) >>> 0 : this.#nextTimestamp(now);
    this.#source = this;
    this.#own(packet, !goesOn, payloadType, timestamp, now, FRAME);
  }

  /** Heads a telephone event (RFC 4733); its packets share one timestamp. */
  event(packet: Uint8Array, payloadType: number, step: DigitStep, now: number): void {
    const timestamp = step.begins ? this.#nextTimestamp(now) : this.#timestamp;
    const at = step.begins ? now : this.#timestampAt;
    this.#source = undefined;
    this.#own(packet, step.marker, payloadType, timestamp, at, 4);
  }

  /**
   * Heads a packet relayed from `source`, keeping its gaps and its order. False when it is older
   * than the moment the source took over, and must not be sent.
   */
  relay(
    packet: Uint8Array,
    payloadType: number,
    source: unknown,
    from: RtpHeader,
    size: number,
    now: number,
  ): boolean {
    const ahead = short(from.sequence - this.#highest);
    const later = (from.timestamp - this.#highestTimestamp) | 0;
    const goesOn = this.#source === source && this.#sourceSsrc === from.ssrc &&
      Math.abs(ahead) < 100 && (ahead <= 0 || (later >= 0 && later < 480_000));
    if (!goesOn) this.#rebase(source, from, now);
    else if (short(from.sequence - this.#floor) < 0) return false;
    const sequence = (from.sequence + this.#sequenceOffset) & 0xffff;
    const timestamp = (from.timestamp + this.#timestampOffset) >>> 0;
    if (!goesOn || ahead > 0) {
      this.#highest = from.sequence;
      this.#highestTimestamp = from.timestamp;
      this.#sequence = sequence;
      this.#timestamp = timestamp;
      this.#timestampAt = now;
      if (short(this.#highest - this.#floor) > 200) this.#floor = (this.#highest - 100) & 0xffff;
    }
    this.packets++;
    this.octets += size;
    const marker = !goesOn || from.marker;
    writeRtpHeader(packet, marker, payloadType, sequence, timestamp, this.ssrc);
    return true;
  }

  /** Notes that a packet of `source` is kept back, so that its number leaves no hole. */
  skip(source: unknown, from: RtpHeader): void {
    if (this.#source !== source || this.#sourceSsrc !== from.ssrc) return;
    if (short(from.sequence - this.#highest) !== 1) return;
    this.#highest = from.sequence;
    this.#floor = from.sequence;
    this.#sequenceOffset = (this.#sequenceOffset - 1) & 0xffff;
  }

  #own(
    packet: Uint8Array,
    marker: boolean,
    payloadType: number,
    timestamp: number,
    at: number,
    size: number,
  ): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = timestamp;
    this.#timestampAt = at;
    this.packets++;
    this.octets += size;
    writeRtpHeader(packet, marker, payloadType, this.#sequence, timestamp, this.ssrc);
  }

  #rebase(source: unknown, from: RtpHeader, now: number): void {
    this.#source = source;
    this.#sourceSsrc = from.ssrc;
    this.#sequenceOffset = (this.#sequence + 1 - from.sequence) & 0xffff;
    this.#timestampOffset = (this.#nextTimestamp(now) - from.timestamp) >>> 0;
    this.#floor = from.sequence;
  }

  /** The timestamp of something that begins now: at least one frame behind the last. */
  #nextTimestamp(now: number): number {
    if (this.#timestampAt < 0) return this.#timestamp;
    const frames = Math.max(1, Math.round((now - this.#timestampAt) / 20));
    return (this.#timestamp + frames * FRAME) >>> 0;
  }
}

function short(difference: number): number {
  return (difference << 16) >> 16;
}
