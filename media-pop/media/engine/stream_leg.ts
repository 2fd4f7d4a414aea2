import type { Codec } from "../g711/codec.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import type { PacketSlot } from "../rtp/packet_ring.ts";
import { RtpHeader } from "../rtp/rtp_header.ts";
import { type LegContext, MediaLeg } from "./media_leg.ts";

/** Who keeps a stream leg's far end. */
export interface StreamListener {
  /** G.711 of the peer, at `start` of `packet`, good for this call only. */
  heard(packet: Uint8Array, start: number, size: number, codec: Codec, now: number): void;
  /**
   * Writes the next 20 ms of µ-law at `offset`; false when there is nothing to play. Asked every
   * 20 ms, from before it is bridged to its end.
   */
  play(out: Uint8Array, offset: number, now: number): boolean;
}

const FRAME = 160;

/**
 * A leg whose far end is no RTP but whoever listens: a bot's socket. What it plays reaches the peer
 * as a stream of packets of its own, with a marker behind every pause. No allocation a packet.
 */
export class StreamLeg extends MediaLeg {
  override readonly kind = "bot";
  protected override readonly sendsSilence = false;
  readonly #listener: StreamListener;
  readonly #packet = new Uint8Array(12 + FRAME);
  readonly #header = new RtpHeader();
  #playedAt = -1;

  constructor(context: LegContext, listener: StreamListener) {
    super(context, MU_LAW);
    this.#listener = listener;
    this.#header.payloadType = MU_LAW.payloadType;
    this.#header.ssrc = context.random32() >>> 0;
    this.#header.payloadStart = 12;
    this.#header.payloadEnd = 12 + FRAME;
  }

  override tick(now: number): void {
    if (!this.#listener.play(this.#packet, 12, now) || this.closed || !this.peer) return;
    const header = this.#header;
    const steps = this.#playedAt < 0 ? 1 : Math.max(1, Math.round((now - this.#playedAt) / 20));
    header.marker = this.#playedAt < 0 || steps > 1;
    header.sequence = (header.sequence + 1) & 0xffff;
    header.timestamp = (header.timestamp + steps * FRAME) >>> 0;
    this.#playedAt = now;
    this.receiveRtp(this.#packet, header, now);
  }

  protected override relay(
    _source: MediaLeg,
    packet: Uint8Array,
    header: RtpHeader,
    codec: Codec,
    now: number,
  ): void {
    const size = header.payloadEnd - header.payloadStart;
    if (size === 0 || size > 960) return this.drop("oversize");
    this.context.counters.sent.bot++;
    this.#listener.heard(packet, header.payloadStart, size, codec, now);
  }

  /** What the caller types reaches the bot through the call, which knows whom it is for. */
  protected override relayEvent(): void {}

  protected override canSend(): boolean {
    return false;
  }

  protected override expectsMedia(): boolean {
    return false;
  }

  protected override transmit(_slot: PacketSlot, _length: number): void {}

  protected override release(): void {}
}
