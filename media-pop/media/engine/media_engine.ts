import { randomBytes } from "node:crypto";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { MediaClock } from "../clock/media_clock.ts";
import { SYSTEM_CLOCK } from "../clock/system_clock.ts";
import type { DatagramAddress, OpenDatagramSocket } from "../rtp/datagram_socket.ts";
import { openDenoSocket } from "../rtp/open_deno_socket.ts";
import { type RtpPortRange, RtpPorts } from "../rtp/rtp_ports.ts";
import { WebRtcListener } from "../webrtc/webrtc_listener.ts";
import { AgentLeg } from "./agent_leg.ts";
import { CarrierLeg, type CarrierLegOptions } from "./carrier_leg.ts";
import type { LegContext, MediaLeg } from "./media_leg.ts";
import { RtpCounters } from "./rtp_counters.ts";
import { StreamLeg, type StreamListener } from "./stream_leg.ts";
import { Ticker } from "./ticker.ts";

/** Options of a {@linkcode MediaEngine}. Clock, randomness and sockets are handed in by tests. */
export interface MediaEngineOptions {
  rtpPorts: RtpPortRange;
  /** Where browsers' media comes in; left out, there are no agent legs. */
  webrtc?: { listen: DatagramAddress; announced?: string };
  counters: Counters;
  log: Logger;
  clock?: MediaClock;
  random?: (size: number) => Uint8Array;
  open?: OpenDatagramSocket;
  /** Milliseconds without RTP until a leg tells so, 20 s by default. */
  mediaTimeout?: number;
}

/** The media of one PoP process: its legs, its bridges, its one 20 ms clock. */
export class MediaEngine {
  readonly #options: MediaEngineOptions;
  readonly #clock: MediaClock;
  readonly #random: (size: number) => Uint8Array;
  readonly #ports: RtpPorts;
  readonly #webrtc: WebRtcListener | undefined;
  readonly #ticker: Ticker;
  readonly #legs = new Set<MediaLeg>();
  readonly #numbers = new RtpCounters();
  #closed = false;

  /**
   * Opens the WebRTC port and starts the clock. Throws `address_in_use` when the port is taken,
   * `configuration_invalid` for a range without ports.
   */
  constructor(options: MediaEngineOptions) {
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#random = options.random ?? ((size) => new Uint8Array(randomBytes(size)));
    const open = options.open ?? openDenoSocket;
    this.#ports = new RtpPorts(options.rtpPorts, open);
    if (options.webrtc) this.#webrtc = this.#listen(options.webrtc, open);
    this.#ticker = new Ticker(this.#clock, (now) => this.#tick(now));
  }

  /** The bound WebRTC address. */
  get webrtcAddress(): DatagramAddress | undefined {
    return this.#webrtc?.address;
  }

  /** Open legs. */
  get legs(): number {
    return this.#legs.size;
  }

  /**
   * Makes a leg of plain RTP and opens its port. Throws `media_unavailable` when no port is free,
   * a `ZodError` for options that do not fit.
   */
  createCarrierLeg(options: CarrierLegOptions): CarrierLeg {
    return this.#create((context) => new CarrierLeg(context, this.#ports, options));
  }

  /** Makes a leg to a browser; `codec` is what the browser will hear. */
  createAgentLeg(options: { codec?: "PCMU" | "PCMA" } = {}): AgentLeg {
    const webrtc = this.#webrtc;
    if (!webrtc) {
      throw new AntiphonError(
        "media_unavailable",
        "This PoP has no WebRTC port: set WEBRTC_LISTEN",
      );
    }
    return this.#create((context) => new AgentLeg(context, webrtc, this.#random, options.codec));
  }

  /** Makes a leg to a bot's socket, which `listener` keeps. */
  createStreamLeg(listener: StreamListener): StreamLeg {
    return this.#create((context) => new StreamLeg(context, listener));
  }

  /**
   * Lets two legs hear each other. Bridges either had are parted first. Throws `call_gone` when one
   * is closed, `state_not_allowed` for a leg and itself.
   */
  bridge(a: MediaLeg, b: MediaLeg): void {
    if (a === b) throw new AntiphonError("state_not_allowed", "A leg cannot hear itself");
    if (a.closed || b.closed) throw new AntiphonError("call_gone", "One of the legs is closed");
    if (a.peer === b) return;
    a.unjoin();
    b.unjoin();
    a.join(b);
  }

  /** Parts a leg from its peer. Both then hear their hold audio, or silence. */
  unbridge(leg: MediaLeg): void {
    leg.unjoin();
  }

  /** Writes the packet counters of now; call before rendering metrics. */
  exportCounters(): void {
    const { counters } = this.#options;
    this.#numbers.export(counters);
    counters.set("antiphon_media_legs", this.#legs.size);
    counters.set("antiphon_rtp_ports_in_use", this.#ports.inUse);
    counters.set("antiphon_webrtc_transports", this.#webrtc?.size ?? 0);
    counters.set("antiphon_media_ticks_skipped_total", this.#ticker.skipped);
  }

  /** Closes every leg and port. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ticker.stop();
    for (const leg of [...this.#legs]) leg.close();
    this.#webrtc?.close();
  }

  #listen(
    webrtc: NonNullable<MediaEngineOptions["webrtc"]>,
    open: OpenDatagramSocket,
  ): WebRtcListener {
    const { log } = this.#options;
    try {
      return new WebRtcListener({
        ...webrtc,
        clock: this.#clock,
        random: this.#random,
        open,
        log,
      });
    } catch (cause) {
      if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
      const { hostname, port } = webrtc.listen;
      const message = `UDP ${hostname}:${port} is taken: stop what uses it or set WEBRTC_LISTEN`;
      throw new AntiphonError("address_in_use", message, { cause });
    }
  }

  #create<T extends MediaLeg>(make: (context: LegContext) => T): T {
    if (this.#closed) throw new AntiphonError("media_unavailable", "The media engine is closed");
    const leg: T = make({
      id: this.#random(16).toHex(),
      clock: this.#clock,
      log: this.#options.log,
      counters: this.#numbers,
      random32: () => new DataView(this.#random(4).buffer).getUint32(0),
      mediaTimeout: this.#options.mediaTimeout ?? 20_000,
      onClosed: () => this.#legs.delete(leg),
    });
    this.#legs.add(leg);
    return leg;
  }

  /** O(legs). One leg's failure is its own: it is logged and closed. */
  #tick(now: number): void {
    for (const leg of this.#legs) {
      try {
        leg.tick(now);
      } catch (error) {
        this.#options.log.error("media.leg_failed", { error, legId: leg.id });
        leg.close();
      }
    }
  }
}
