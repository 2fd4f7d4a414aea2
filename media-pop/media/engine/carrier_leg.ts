import { z } from "zod";
import { A_LAW } from "../g711/a_law.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import type { DatagramAddress, DatagramSocket } from "../rtp/datagram_socket.ts";
import type { PacketSlot } from "../rtp/packet_ring.ts";
import { RtpHeader } from "../rtp/rtp_header.ts";
import type { RtpPorts } from "../rtp/rtp_ports.ts";
import { type LegContext, MediaLeg } from "./media_leg.ts";
import { RemoteSource } from "./remote_source.ts";

/** What the SDP says of the far end. Fields left out stay as they are. */
export const CarrierRemote = z.object({
  /** IP address; "0.0.0.0" stops sending. */
  address: z.string().max(64),
  port: z.int().min(0).max(65535),
  codec: z.enum(["PCMU", "PCMA"]).optional(),
  /** Payload type of telephone-event, null when not offered. */
  telephoneEvent: z.int().min(96).max(127).nullable().optional(),
  /** As the PoP sees it: `sendonly` when the far end holds us. */
  direction: z.enum(["sendrecv", "sendonly", "recvonly", "inactive"]).optional(),
});
export type CarrierRemote = z.infer<typeof CarrierRemote>;

/** Options of a {@linkcode CarrierLeg}. */
export const CarrierLegOptions = z.object({
  /** IP address to bind, usually that of the PoP's SDP. */
  localAddress: z.string().max(64),
  /** The port to bind, for a call taken up again after a restart; left out, the next free one. */
  localPort: z.int().min(1024).max(65535).optional(),
  codec: z.enum(["PCMU", "PCMA"]).default("PCMU"),
  remote: CarrierRemote.optional(),
  latching: z.enum(["exact", "port", "any"]).default("port"),
});
export type CarrierLegOptions = z.input<typeof CarrierLegOptions>;

const HEADER = new RtpHeader();

/**
 * A leg of plain RTP on its own even port, to a carrier or a SIP phone. It sends silence while it
 * has nothing to say, so that far ends and NATs keep the path. RTCP is neither sent nor taken.
 */
export class CarrierLeg extends MediaLeg {
  override readonly kind = "carrier";
  protected override readonly sendsSilence = true;
  readonly #source: RemoteSource;
  readonly #socket: DatagramSocket;
  #reachable = false;
  #sends = true;
  #receives = true;

  /** Throws a `ZodError` for options that do not fit, `media_unavailable` when no port is free. */
  constructor(context: LegContext, ports: RtpPorts, options: CarrierLegOptions) {
    const { localAddress, localPort, codec, remote, latching } = CarrierLegOptions.parse(options);
    super(context, codec === "PCMU" ? MU_LAW : A_LAW);
    this.#source = new RemoteSource(latching);
    this.#socket = ports.open(
      localAddress,
      (packet, from) => this.#receive(packet, from),
      (error) => context.log.debug("media.socket_failed", { error, legId: this.id }),
      localPort,
    );
    if (remote) this.setRemote(remote);
  }

  /** The RTP port to put into SDP. */
  get localPort(): number {
    return this.#socket.address.port;
  }

  /** Takes the far end's SDP, first or again. Throws a `ZodError` or `invalid_request`. */
  setRemote(remote: CarrierRemote): void {
    const { address, port, codec, telephoneEvent, direction } = CarrierRemote.parse(remote);
    const reachable = address !== "0.0.0.0" && address !== "::" && port !== 0;
    if (reachable) this.#source.signal({ hostname: address, port });
    if (codec) this.codec = codec === "PCMU" ? MU_LAW : A_LAW;
    if (telephoneEvent !== undefined) this.telephoneEvent = telephoneEvent ?? undefined;
    if (direction) this.#receives = direction === "sendrecv" || direction === "recvonly";
    if (direction) this.#sends = direction === "sendrecv" || direction === "sendonly";
    this.#reachable = reachable;
    this.lastHeardAt = this.context.clock.now();
  }

  protected override canSend(): boolean {
    return this.#reachable && this.#sends && this.#source.target !== undefined;
  }

  protected override expectsMedia(): boolean {
    return this.#receives && this.#source.target !== undefined;
  }

  protected override transmit(slot: PacketSlot, length: number): void {
    this.#socket.send(slot.view(length), this.#source.target!);
  }

  protected override release(): void {
    this.#socket.close();
  }

  #receive(packet: Uint8Array, from: DatagramAddress): void {
    if (this.closed) return;
    if (!HEADER.parse(packet)) return this.drop("malformed");
    if (!this.#source.accepts(from)) return this.drop("source");
    if (this.#receives) this.receiveRtp(packet, HEADER, this.context.clock.now());
  }
}
