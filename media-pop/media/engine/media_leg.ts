import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { MediaClock } from "../clock/media_clock.ts";
import { DigitReceiver } from "../dtmf/digit_receiver.ts";
import { DigitSender, type DigitTiming } from "../dtmf/digit_sender.ts";
import type { Codec } from "../g711/codec.ts";
import { codecOf } from "../g711/codec_of.ts";
import { transcodingTable } from "../g711/transcoding_table.ts";
import type { Prompt } from "../prompts/prompt.ts";
import { PacketRing, type PacketSlot } from "../rtp/packet_ring.ts";
import { ReceptionStatistics } from "../rtp/reception_statistics.ts";
import type { RtpHeader } from "../rtp/rtp_header.ts";
import type { AudioTap } from "./audio_tap.ts";
import type { LegStatistics, RemoteReport } from "./leg_statistics.ts";
import { Listeners } from "./listeners.ts";
import { OutgoingStream } from "./outgoing_stream.ts";
import { Player } from "./player.ts";
import type { DropReason, LegKind, RtpCounters } from "./rtp_counters.ts";

/** How a prompt ended: `interrupted` says by what. */
export type PlayEnd =
  | { end: "completed" }
  | { end: "interrupted"; by: "digit" | "stop" | "replaced" | "closed" };

/** Options of {@linkcode MediaLeg.play}. */
export interface PlayOptions {
  /** Plays again and again until stopped. */
  loop?: boolean;
  /** Stops at the first digit heard. */
  interruptOnDigit?: boolean;
}

/** What every leg gets from its engine. */
export interface LegContext {
  id: string;
  clock: MediaClock;
  log: Logger;
  counters: RtpCounters;
  random32: () => number;
  /** Milliseconds without RTP until `mediaTimeout`. */
  mediaTimeout: number;
  onClosed: () => void;
}

/** Bytes of payload at most: 120 ms of G.711. */
const LARGEST_PAYLOAD = 960;
const SPARE = 16;
const RESUME_AFTER = 200;

/**
 * One end of a call's media. It sends one stream, fed by, in this order: digits, a prompt, the peer
 * it is bridged to, hold audio, silence. Subclasses move packets; this decides what is in them.
 */
export abstract class MediaLeg {
  readonly id: string;
  abstract readonly kind: LegKind;
  /** What this leg sends; what it receives may be either law. */
  codec: Codec;
  /** Payload type of telephone events (RFC 4733), undefined when not negotiated. */
  telephoneEvent: number | undefined;
  protected readonly context: LegContext;
  protected readonly statistics = new ReceptionStatistics();
  protected stream: OutgoingStream;
  protected remoteReport: RemoteReport | undefined;
  protected lastHeardAt: number;
  readonly #ring = new PacketRing(8, 12 + LARGEST_PAYLOAD + SPARE);
  readonly #digits: DigitReceiver;
  readonly #digitSender = new DigitSender();
  readonly #onDigit: Listeners<[digit: string]>;
  readonly #onDigitEnded: Listeners<[digit: string, duration: number]>;
  readonly #onMediaTimeout: Listeners<[]>;
  readonly #onClosed: Listeners<[]>;
  #taps: readonly AudioTap[] = [];
  #peer: MediaLeg | undefined;
  #player: Player | undefined;
  #playOptions: PlayOptions = {};
  #playEnded: ((end: PlayEnd) => void) | undefined;
  #hold: Player | undefined;
  #relayedAt = 0;
  #restarts = 0;
  #packetsBefore = 0;
  #octetsBefore = 0;
  #timedOut = false;
  #closed = false;

  constructor(context: LegContext, codec: Codec) {
    this.id = context.id;
    this.codec = codec;
    this.context = context;
    this.stream = new OutgoingStream(context.random32);
    this.lastHeardAt = context.clock.now();
    this.#onDigit = new Listeners(context.log);
    this.#onDigitEnded = new Listeners(context.log);
    this.#onMediaTimeout = new Listeners(context.log);
    this.#onClosed = new Listeners(context.log);
    this.#digits = new DigitReceiver({
      started: (digit) => this.digitStarted(digit),
      ended: (digit, duration) => this.#onDigitEnded.tell(digit, duration),
    });
  }

  /** The leg this one is bridged to. */
  get peer(): MediaLeg | undefined {
    return this.#peer;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The prompt now playing. */
  get playing(): Prompt | undefined {
    return this.#player?.prompt;
  }

  /** Hears each digit once, when it begins. Returns what takes the listener away. */
  onDigit(listener: (digit: string) => void): () => void {
    return this.#onDigit.add(listener);
  }

  /** Hears each digit when it has ended, with its duration in milliseconds. */
  onDigitEnded(listener: (digit: string, duration: number) => void): () => void {
    return this.#onDigitEnded.add(listener);
  }

  /** Hears when no RTP came for 20 s; once until it comes again. */
  onMediaTimeout(listener: () => void): () => void {
    return this.#onMediaTimeout.add(listener);
  }

  onClosed(listener: () => void): () => void {
    return this.#onClosed.add(listener);
  }

  /**
   * Plays a prompt, or several in turn, to this leg's far end; the promise tells how it ended and
   * never rejects. What plays is replaced. While it plays, a bridged peer is not heard.
   */
  play(prompts: Prompt | readonly Prompt[], options: PlayOptions = {}): Promise<PlayEnd> {
    if (this.#closed) return Promise.resolve({ end: "interrupted", by: "closed" });
    this.#endPlay({ end: "interrupted", by: "replaced" });
    this.#player = new Player([prompts].flat(), options.loop ?? false);
    this.#playOptions = options;
    return new Promise((resolve) => this.#playEnded = resolve);
  }

  /** Stops the prompt that plays, if any. */
  stopPlay(): void {
    this.#endPlay({ end: "interrupted", by: "stop" });
  }

  /** Lets someone listen in on both directions. Returns what takes the tap away. */
  tap(tap: AudioTap): () => void {
    this.#taps = [...this.#taps, tap];
    return () => this.#taps = this.#taps.filter((one) => one !== tap);
  }

  /** What the far end hears while nothing else is sent, in a loop; undefined is silence. */
  setHoldAudio(prompt: Prompt | undefined): void {
    this.#hold = prompt ? new Player([prompt], true) : undefined;
  }

  /** Sends digits to the far end as telephone events. False when it did not negotiate them. */
  sendDigits(digits: string, timing?: DigitTiming): boolean {
    if (this.telephoneEvent === undefined || this.#closed) return false;
    this.#digitSender.send(digits, timing);
    return true;
  }

  stats(): LegStatistics {
    const s = this.statistics;
    const { clock } = this.context;
    const offset = clock.wallClock() - clock.now();
    return {
      packetsIn: s.received,
      packetsOut: this.#packetsBefore + this.stream.packets,
      octetsOut: this.#octetsBefore + this.stream.octets,
      lost: s.lost,
      outOfOrder: s.outOfOrder,
      duplicates: s.duplicates,
      jitter: s.jitterMilliseconds,
      ...(s.firstAt >= 0
        ? { firstPacketAt: offset + s.firstAt, lastPacketAt: offset + s.lastAt }
        : {}),
      ...(this.remoteReport ? { remote: this.remoteReport } : {}),
    };
  }

  /** Ends the leg: its bridge, its prompt, its port. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#peer) this.unjoin();
    this.#endPlay({ end: "interrupted", by: "closed" });
    this.release();
    this.context.onClosed();
    this.#onClosed.tell();
    for (const l of [this.#onDigit, this.#onDigitEnded, this.#onMediaTimeout, this.#onClosed]) {
      l.clear();
    }
  }

  /** Bridges two legs; the engine has checked that both are free. */
  join(peer: MediaLeg): void {
    this.#peer = peer;
    peer.#peer = this;
    this.#relayedAt = peer.#relayedAt = this.context.clock.now();
  }

  /** Parts this leg and its peer. */
  unjoin(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    if (peer) peer.#peer = undefined;
  }

  /** One step of the 20 ms clock. O(1) a leg, no allocation. */
  tick(now: number): void {
    for (const tap of this.#taps) tap.tick(now);
    this.#digits.tick(now);
    this.#watch(now);
    if (!this.canSend()) return;
    const slot = this.#ring.next();
    if (this.#digitSender.active && this.telephoneEvent !== undefined) {
      const step = this.#digitSender.next(slot.bytes, 12);
      if (step) {
        this.stream.event(slot.bytes, this.telephoneEvent, step, now);
        return this.#send(slot, 16, now);
      }
    }
    if (!this.#fill(slot.bytes, now)) return;
    this.stream.frame(slot.bytes, this.codec.payloadType, now);
    this.#send(slot, 12 + 160, now);
    if (this.#player?.ended) this.#endPlay({ end: "completed" });
  }

  /** Whether there is somewhere to send to. */
  protected abstract canSend(): boolean;
  /** Whether RTP should be coming in. */
  protected abstract expectsMedia(): boolean;
  /** Whether silence is sent while there is nothing to say. */
  protected abstract readonly sendsSilence: boolean;
  /** Sends a packet with a 12-byte header; `slot` has 16 bytes to spare. */
  protected abstract transmit(slot: PacketSlot, length: number): void;
  /** Frees ports and transports. */
  protected abstract release(): void;

  /** A digit of the far end has begun. */
  protected digitStarted(digit: string): void {
    if (this.#playOptions.interruptOnDigit) this.#endPlay({ end: "interrupted", by: "digit" });
    this.#onDigit.tell(digit);
  }

  /** Takes a packet of the far end, already proven to be its. O(payload), no allocation. */
  protected receiveRtp(packet: Uint8Array, header: RtpHeader, now: number): void {
    const { counters } = this.context;
    const codec = codecOf(header.payloadType);
    const isEvent = header.payloadType === this.telephoneEvent;
    if (!codec && !isEvent) return this.drop("payload");
    if (!this.statistics.receive(header.ssrc, header.sequence, header.timestamp, now)) {
      return this.drop("duplicate");
    }
    if (this.statistics.restarts !== this.#restarts) {
      this.#restarts = this.statistics.restarts;
      this.#digits.restart();
    }
    counters.received[this.kind]++;
    this.lastHeardAt = now;
    this.#timedOut = false;
    const { payloadStart, payloadEnd, timestamp, marker } = header;
    for (const tap of this.#taps) {
      if (!codec) tap.typing(now);
      else tap.heard(packet, payloadStart, payloadEnd, codec, header.ssrc, timestamp, now);
    }
    if (codec) return this.#peer?.relay(this, packet, header, codec, now);
    const peer = this.#peer;
    if (this.#digits.receive(packet, payloadStart, payloadEnd, timestamp, marker, now)) {
      peer?.relayEvent(this, packet, header, now);
    } else {
      peer?.stream.skip(this, header);
      this.drop("malformed");
    }
  }

  /** Begins another stream under a new SSRC, for a receiver with new keys. Totals go on. */
  protected restartStream(): void {
    this.#packetsBefore += this.stream.packets;
    this.#octetsBefore += this.stream.octets;
    this.stream = new OutgoingStream(this.context.random32);
  }

  protected drop(reason: DropReason): void {
    this.context.counters.dropped[reason]++;
  }

  /** Sends on what `source` received, in this leg's law. */
  protected relay(
    source: MediaLeg,
    packet: Uint8Array,
    header: RtpHeader,
    codec: Codec,
    now: number,
  ): void {
    const size = header.payloadEnd - header.payloadStart;
    if (size === 0 || size > LARGEST_PAYLOAD) return this.drop("oversize");
    if (this.#player || this.#digitSender.active || !this.canSend()) {
      return this.stream.skip(source, header);
    }
    const slot = this.#ring.next();
    const out = slot.bytes;
    if (!this.stream.relay(out, this.codec.payloadType, source, header, size, now)) return;
    const table = transcodingTable(codec, this.codec);
    for (let i = 0, at = header.payloadStart; i < size; i++) out[12 + i] = table[packet[at + i]];
    this.#relayedAt = now;
    this.#send(slot, 12 + size, now);
  }

  /** Sends on a telephone event, if this leg takes them. */
  protected relayEvent(source: MediaLeg, packet: Uint8Array, header: RtpHeader, now: number): void {
    const type = this.telephoneEvent;
    if (type === undefined || this.#player || this.#digitSender.active || !this.canSend()) {
      return this.stream.skip(source, header);
    }
    const slot = this.#ring.next();
    if (!this.stream.relay(slot.bytes, type, source, header, 4, now)) return;
    for (let i = 0; i < 4; i++) slot.bytes[12 + i] = packet[header.payloadStart + i];
    this.#relayedAt = now;
    this.#send(slot, 16, now);
  }

  /** Writes what is due now; false when nothing is. */
  #fill(packet: Uint8Array, now: number): boolean {
    const bridged = this.#peer !== undefined;
    const player = this.#player ?? (bridged ? undefined : this.#hold);
    if (player) {
      player.read(packet, 12, this.codec);
      return true;
    }
    if (!this.sendsSilence || (bridged && now - this.#relayedAt < RESUME_AFTER)) return false;
    packet.fill(this.codec.silence, 12, 12 + 160);
    return true;
  }

  #send(slot: PacketSlot, length: number, now: number): void {
    this.context.counters.sent[this.kind]++;
    if (this.#taps.length > 0) this.#said(slot.bytes, length, now);
    this.transmit(slot, length);
  }

  #said(packet: Uint8Array, length: number, now: number): void {
    const codec = codecOf(packet[1] & 0x7f);
    if (!codec) return;
    const timestamp = (packet[4] << 24 | packet[5] << 16 | packet[6] << 8 | packet[7]) >>> 0;
    for (const tap of this.#taps) {
      tap.said(packet, 12, length, codec, this.stream.ssrc, timestamp, now);
    }
  }

  #watch(now: number): void {
    if (!this.expectsMedia()) {
      this.lastHeardAt = now;
      return;
    }
    // A new description begins the wait again, as a packet does.
    if (now - this.lastHeardAt < this.context.mediaTimeout) this.#timedOut = false;
    else if (!this.#timedOut) {
      this.#timedOut = true;
      this.#onMediaTimeout.tell();
    }
  }

  #endPlay(end: PlayEnd): void {
    const ended = this.#playEnded;
    this.#player = undefined;
    this.#playOptions = {};
    this.#playEnded = undefined;
    ended?.(end);
  }
}
