import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { A_LAW } from "../g711/a_law.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import { findExtension } from "../rtp/find_extension.ts";
import { PacketRing, type PacketSlot } from "../rtp/packet_ring.ts";
import { readRtcp, type RtcpListener } from "../rtp/read_rtcp.ts";
import { RtcpWriter } from "../rtp/rtcp_writer.ts";
import type { RtpHeader } from "../rtp/rtp_header.ts";
import { AUDIO_LEVEL } from "../webrtc/audio_level.ts";
import { ProduceParameters } from "../webrtc/produce_parameters.ts";
import { ROUTER_RTP_CAPABILITIES } from "../webrtc/router_rtp_capabilities.ts";
import type { IceParameters, TransportParameters } from "../webrtc/transport_parameters.ts";
import type { WebRtcListener } from "../webrtc/webrtc_listener.ts";
import type { TransportCloseReason, WebRtcTransport } from "../webrtc/webrtc_transport.ts";
import { Listeners } from "./listeners.ts";
import { type LegContext, MediaLeg } from "./media_leg.ts";

/** What a transport is for, as the browser sees it: `send` carries the microphone. */
export type TransportDirection = "send" | "recv";

/** What became of a transport. */
export type TransportEvent =
  & { transportId: string; direction: TransportDirection }
  & (
    | { state: "connected" }
    | { state: "closed"; reason: TransportCloseReason }
  );

/** What mediasoup-client's `consume` takes. */
export interface ConsumerParameters {
  id: string;
  producerId: string;
  kind: "audio";
  rtpParameters: {
    mid: string;
    codecs: Record<string, unknown>[];
    headerExtensions: [];
    encodings: { ssrc: number }[];
    rtcp: { cname: string; reducedSize: boolean; mux: boolean };
  };
}

interface Producer {
  id: string;
  transportId: string;
  ssrc: number;
  levelId: number;
  paused: boolean;
}

interface Consumer {
  id: string;
  transport: WebRtcTransport;
  paused: boolean;
}

const REPORT_EVERY = 1000;

/**
 * A leg to an agent's browser: a producer (microphone) on the send transport and a consumer
 * (speaker) on the receive transport, behind the requests mediasoup-client makes. Outlives calls:
 * an idle agent keeps its transports and is sent nothing.
 */
export class AgentLeg extends MediaLeg {
  override readonly kind = "agent";
  protected override readonly sendsSilence = false;
  /** The microphone's last level in -dBov, 0 loudest, 127 silent (RFC 6464). */
  level = 127;
  readonly #listener: WebRtcListener;
  readonly #transports = new Map<string, WebRtcTransport>();
  readonly #directions = new Map<string, TransportDirection>();
  readonly #onTransport: Listeners<[TransportEvent]>;
  readonly #random: (size: number) => Uint8Array;
  readonly #cname: Uint8Array;
  readonly #reportSsrc: number;
  readonly #reports = new PacketRing(4, 160);
  readonly #hears: RtcpListener;
  #producer: Producer | undefined;
  #consumer: Consumer | undefined;
  #nextReportAt: number;
  #lastSr = 0;
  #lastSrAt = 0;

  constructor(
    context: LegContext,
    listener: WebRtcListener,
    random: (size: number) => Uint8Array,
    codec: "PCMU" | "PCMA" = "PCMU",
  ) {
    super(context, codec === "PCMU" ? MU_LAW : A_LAW);
    this.#listener = listener;
    this.#random = random;
    this.#onTransport = new Listeners(context.log);
    this.#cname = new TextEncoder().encode(random(8).toHex());
    this.#reportSsrc = context.random32();
    this.#nextReportAt = context.clock.now() + REPORT_EVERY * (0.5 + (this.#reportSsrc % 50) / 50);
    this.#hears = {
      senderReport: (_ssrc, middle) => {
        this.#lastSr = middle;
        this.#lastSrAt = context.clock.now();
      },
      reportBlock: (block) => {
        if (block.source !== this.stream.ssrc) return;
        const elapsed = (middleNtp(context.clock.wallClock()) - block.lastSr) >>> 0;
        const trip = elapsed - block.delaySinceLastSr;
        this.remoteReport = {
          fractionLost: block.fractionLost,
          lost: block.lost,
          jitter: block.jitter / 8,
          ...(block.lastSr !== 0 && trip >= 0 && trip < 655_360
            ? { roundTrip: trip / 65.536 }
            : {}),
        };
      },
    };
  }

  /** Hears when a transport connects or closes, with the reason. */
  onTransport(listener: (event: TransportEvent) => void): () => void {
    return this.#onTransport.add(listener);
  }

  /** True while the agent can hear us. */
  get reachable(): boolean {
    return this.#consumer?.transport.connected ?? false;
  }

  /** True while the agent muted the microphone. */
  get muted(): boolean {
    return this.#producer?.paused ?? true;
  }

  /**
   * Makes the transport for one direction; one made before is closed. It must connect within 30 s.
   */
  createTransport(direction: TransportDirection): TransportParameters {
    if (this.closed) throw gone("The agent leg is closed");
    for (const [id, known] of this.#directions) {
      if (known === direction) this.#transports.get(id)?.close();
    }
    const transport = this.#listener.createTransport();
    this.#transports.set(transport.id, transport);
    this.#directions.set(transport.id, direction);
    const told = { transportId: transport.id, direction };
    transport.listener = {
      rtp: (packet, header) => this.#receive(transport, packet, header),
      rtcp: (packet, length) => void readRtcp(packet, length, this.#hears),
      connected: () => this.#onTransport.tell({ ...told, state: "connected" }),
      closed: (reason) => {
        this.#forget(transport);
        this.#onTransport.tell({ ...told, state: "closed", reason });
      },
    };
    return this.#listener.parametersOf(transport);
  }

  /** Takes `connect`. Throws a `ZodError`, or `unknown_entity` for a transport not of this leg. */
  connectTransport(transportId: string, dtlsParameters: unknown): void {
    this.#transport(transportId).connect(dtlsParameters);
  }

  /** New ICE credentials for mediasoup-client's `restartIce`. */
  restartIce(transportId: string): IceParameters {
    return this.#listener.restartIce(this.#transport(transportId));
  }

  /** Takes `produce`: the microphone. Replaces the one before. Throws a `ZodError`. */
  produce(transportId: string, request: unknown): { id: string } {
    const transport = this.#transport(transportId);
    if (this.#directions.get(transportId) !== "send") {
      throw refused("Produce on the send transport");
    }
    const { rtpParameters } = ProduceParameters.parse(request);
    const level = rtpParameters.headerExtensions.find(({ uri }) => uri === AUDIO_LEVEL);
    this.#producer = {
      id: this.#random(16).toHex(),
      transportId: transport.id,
      ssrc: rtpParameters.encodings[0].ssrc,
      levelId: level?.id ?? 0,
      paused: false,
    };
    this.lastHeardAt = this.context.clock.now();
    return { id: this.#producer.id };
  }

  /** Answers a wish to consume: the speaker. Its one stream carries all calls of the agent. */
  consume(transportId: string): ConsumerParameters {
    const transport = this.#transport(transportId);
    if (this.#directions.get(transportId) !== "recv") {
      throw refused("Consume on the recv transport");
    }
    this.restartStream();
    this.#consumer = { id: this.#random(16).toHex(), transport, paused: false };
    const { preferredPayloadType: payloadType, kind: _kind, ...codec } = ROUTER_RTP_CAPABILITIES
      .codecs.find((c) => c.preferredPayloadType === this.codec.payloadType)!;
    return {
      id: this.#consumer.id,
      producerId: this.id,
      kind: "audio",
      rtpParameters: {
        mid: "0",
        codecs: [{ ...codec, payloadType }],
        headerExtensions: [],
        encodings: [{ ssrc: this.stream.ssrc }],
        rtcp: { cname: new TextDecoder().decode(this.#cname), reducedSize: true, mux: true },
      },
    };
  }

  /** Mutes or unmutes: while paused, what the microphone sends is dropped. */
  pauseProducer(producerId: string, paused: boolean): void {
    if (this.#producer?.id !== producerId) throw unknown("producer");
    this.#producer.paused = paused;
  }

  pauseConsumer(consumerId: string, paused: boolean): void {
    if (this.#consumer?.id !== consumerId) throw unknown("consumer");
    this.#consumer.paused = paused;
  }

  closeProducer(producerId: string): void {
    if (this.#producer?.id !== producerId) throw unknown("producer");
    this.#producer = undefined;
  }

  closeConsumer(consumerId: string): void {
    if (this.#consumer?.id !== consumerId) throw unknown("consumer");
    this.#consumer = undefined;
  }

  override tick(now: number): void {
    super.tick(now);
    if (now < this.#nextReportAt) return;
    this.#nextReportAt = Math.max(now, this.#nextReportAt) + REPORT_EVERY;
    this.#report(now);
  }

  protected override canSend(): boolean {
    return this.#consumer !== undefined && !this.#consumer.paused &&
      this.#consumer.transport.connected;
  }

  protected override expectsMedia(): boolean {
    const producer = this.#producer;
    return this.peer !== undefined && producer !== undefined && !producer.paused &&
      (this.#transports.get(producer.transportId)?.connected ?? false);
  }

  protected override transmit(slot: PacketSlot, length: number): void {
    this.#consumer?.transport.sendRtp(slot, length);
  }

  protected override release(): void {
    for (const transport of [...this.#transports.values()]) transport.close();
    this.#onTransport.clear();
  }

  #receive(transport: WebRtcTransport, packet: Uint8Array, header: RtpHeader): void {
    const producer = this.#producer;
    if (!producer || producer.transportId !== transport.id || producer.ssrc !== header.ssrc) {
      return this.drop("source");
    }
    if (producer.paused) return;
    if (producer.levelId > 0) {
      const at = findExtension(packet, header, producer.levelId);
      if (at >= 0) this.level = packet[at] & 0x7f;
    }
    this.receiveRtp(packet, header, this.context.clock.now());
  }

  /** Tells the browser what we sent and what we got (RFC 3550 section 6.4). */
  #report(now: number): void {
    const consumer = this.#consumer;
    if (consumer?.transport.connected && this.stream.packets > 0) {
      const slot = this.#reports.next();
      const { length } = new RtcpWriter(slot.bytes).senderReport({
        ssrc: this.stream.ssrc,
        timestamp: this.stream.timestampAt(now),
        packets: this.stream.packets,
        octets: this.stream.octets,
      }, this.context.clock.wallClock()).cname(this.stream.ssrc, this.#cname);
      consumer.transport.sendRtcp(slot, length);
    }
    const transport = this.#producer && this.#transports.get(this.#producer.transportId);
    if (transport?.connected && this.statistics.received > 0) {
      const slot = this.#reports.next();
      const since = this.context.clock.now() - this.#lastSrAt;
      const { length } = new RtcpWriter(slot.bytes)
        .receiverReport(this.#reportSsrc, this.statistics, this.#lastSr, since)
        .cname(this.#reportSsrc, this.#cname);
      transport.sendRtcp(slot, length);
    }
  }

  #forget(transport: WebRtcTransport): void {
    this.#transports.delete(transport.id);
    this.#directions.delete(transport.id);
    if (this.#producer?.transportId === transport.id) this.#producer = undefined;
    if (this.#consumer?.transport === transport) this.#consumer = undefined;
  }

  #transport(id: string): WebRtcTransport {
    const transport = this.#transports.get(id);
    if (!transport) throw unknown("transport");
    return transport;
  }
}

/** The middle 32 bits of the NTP time of `wallClock` milliseconds. */
function middleNtp(wallClock: number): number {
  return Math.floor((wallClock / 1000 % 65536) * 65536 + (2_208_988_800 % 65536) * 65536) >>> 0;
}

function unknown(what: string): AntiphonError {
  return new AntiphonError("unknown_entity", `This agent has no such ${what}: make a new one`);
}

function refused(message: string): AntiphonError {
  return new AntiphonError("state_not_allowed", message);
}

function gone(message: string): AntiphonError {
  return new AntiphonError("call_gone", message);
}
