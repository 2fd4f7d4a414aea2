import type { MediaClock } from "../clock/media_clock.ts";
import type { Certificate } from "../dtls/certificate.ts";
import { type DtlsCloseReason, DtlsServer } from "../dtls/dtls_server.ts";
import type { SrtpKeys } from "../dtls/session_secrets.ts";
import type { DatagramAddress } from "../rtp/datagram_socket.ts";
import type { PacketSlot } from "../rtp/packet_ring.ts";
import { RtpHeader } from "../rtp/rtp_header.ts";
import { SrtpReceiver } from "../srtp/srtp_receiver.ts";
import { SrtpSender } from "../srtp/srtp_sender.ts";
import { answerBinding } from "../stun/answer_binding.ts";
import type { StunMessage } from "../stun/stun_message.ts";
import { DtlsParameters } from "./dtls_parameters.ts";
import type { IceParameters } from "./transport_parameters.ts";

/** Why a transport ended. */
export type TransportCloseReason =
  | "closed"
  | "never_connected"
  | "consent_lost"
  | "dtls_refused"
  | "dtls_timeout"
  | "peer_closed";

/** Takes what arrives. Packets are only valid during the call. */
export interface TransportListener {
  rtp?(packet: Uint8Array, header: RtpHeader): void;
  rtcp?(packet: Uint8Array, length: number): void;
  connected?(): void;
  closed?(reason: TransportCloseReason, detail?: DtlsCloseReason): void;
}

/** What a transport needs of the listener it belongs to. */
export interface TransportOptions {
  id: string;
  credentials: IceParameters;
  certificate: Certificate;
  clock: MediaClock;
  random: (size: number) => Uint8Array;
  send: (packet: Uint8Array, to: DatagramAddress) => void;
  onClosed: () => void;
}

const CONNECT_WITHIN = 30_000;
const CONSENT_FOR = 30_000;
const MOST_ADDRESSES = 8;
const MOST_REFUSALS = 10;
const HEADER = new RtpHeader();

/** One browser peer connection: its ICE state, its DTLS, its SRTP keys. */
export class WebRtcTransport {
  readonly id: string;
  /** Current credentials first; those before an ICE restart stay good until the next. */
  credentials: IceParameters[];
  /** Addresses that proved our password, the in order of their proof. */
  readonly addresses: DatagramAddress[] = [];
  listener: TransportListener = {};
  /** RTP and RTCP packets dropped because they came early, forged, replayed or malformed. */
  dropped = 0;
  readonly #options: TransportOptions;
  readonly #dtls: DtlsServer;
  readonly #createdAt: number;
  #remote: DatagramAddress | undefined;
  #sender: SrtpSender | undefined;
  #receiver: SrtpReceiver | undefined;
  #lastStunAt = 0;
  #refusals = 0;
  #closed = false;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.id = options.id;
    this.credentials = [options.credentials];
    this.#createdAt = options.clock.now();
    this.#dtls = new DtlsServer({
      certificate: options.certificate,
      clock: options.clock,
      random: options.random,
      send: (datagram) => this.#remote && options.send(datagram, this.#remote),
      onConnected: (keys) => this.#connected(keys),
      onClosed: (reason) => this.#dtlsClosed(reason),
    });
  }

  /** True once media can flow. */
  get connected(): boolean {
    return this.#sender !== undefined && !this.#closed;
  }

  /** The address media goes to. */
  get remote(): DatagramAddress | undefined {
    return this.#remote;
  }

  /** Takes mediasoup-client's `connect` request. Throws a `ZodError` when it does not fit. */
  connect(dtlsParameters: unknown): void {
    this.#dtls.expect(DtlsParameters.parse(dtlsParameters).fingerprints);
  }

  /**
   * Takes a STUN message addressed to us. True when the peer proved our password, so that its
   * address may be remembered. Refusals are answered ten times a second at most.
   */
  receiveStun(packet: Uint8Array, message: StunMessage, from: DatagramAddress): boolean {
    const ours = message.username?.ours;
    const credentials = this.credentials.find((c) => c.usernameFragment === ours);
    if (!credentials || this.#closed) return false;
    const answer = answerBinding(packet, message, from, credentials.password);
    if (!answer.authentic && this.#refusals++ >= MOST_REFUSALS) return false;
    this.#options.send(answer.reply, from);
    if (!answer.authentic) return false;
    this.#lastStunAt = this.#options.clock.now();
    if (!this.#remember(from)) return false;
    if (!this.#remote || (message.useCandidate && !same(this.#remote, from))) {
      this.#remote = { hostname: from.hostname, port: from.port };
    }
    return true;
  }

  /** Takes any other datagram from one of our addresses. */
  receive(packet: Uint8Array): void {
    const first = packet[0];
    if (first >= 20 && first <= 63) this.#dtls.receive(packet);
    else if (first >= 128 && first <= 191 && packet.length >= 12) this.#receiveSrtp(packet);
  }

  /**
   * Protects and sends an RTP packet of `length` bytes with a 12-byte header; the slot needs 10
   * bytes to spare. False when not connected. O(length), no allocation.
   */
  sendRtp(slot: PacketSlot, length: number): boolean {
    if (!this.#sender || !this.#remote || this.#closed) return false;
    const sealed = this.#sender.protect(slot.bytes, length, 12);
    if (sealed < 0) return false;
    this.#options.send(slot.view(sealed), this.#remote);
    return true;
  }

  /** Protects and sends a compound RTCP packet; the slot needs 14 bytes to spare. */
  sendRtcp(slot: PacketSlot, length: number): boolean {
    if (!this.#sender || !this.#remote || this.#closed) return false;
    const sealed = this.#sender.protectRtcp(slot.bytes, length);
    this.#options.send(slot.view(sealed), this.#remote);
    return true;
  }

  /** Checks the deadlines; call once a second. */
  tick(now: number): void {
    this.#refusals = 0;
    if (!this.connected && now - this.#createdAt >= CONNECT_WITHIN) this.close("never_connected");
    else if (this.connected && now - this.#lastStunAt >= CONSENT_FOR) this.close("consent_lost");
  }

  /** Ends the transport and tells its listener why. Idempotent. */
  close(reason: TransportCloseReason = "closed", detail?: DtlsCloseReason): void {
    if (this.#closed) return;
    this.#dtls.close();
    this.#closed = true;
    this.#options.onClosed();
    this.listener.closed?.(reason, detail);
  }

  #receiveSrtp(packet: Uint8Array): void {
    const receiver = this.#receiver;
    if (!receiver || this.#closed) {
      this.dropped++;
      return;
    }
    if (packet[1] >= 192 && packet[1] <= 223) {
      const length = receiver.openRtcp(packet, packet.length);
      if (length < 0) this.dropped++;
      else this.listener.rtcp?.(packet, length);
      return;
    }
    const start = payloadStart(packet);
    const length = start < 0 ? -1 : receiver.open(packet, packet.length, start);
    if (length < 0 || !HEADER.parse(packet, length)) this.dropped++;
    else this.listener.rtp?.(packet, HEADER);
  }

  #remember(from: DatagramAddress): boolean {
    if (this.addresses.some((known) => same(known, from))) return true;
    if (this.addresses.length >= MOST_ADDRESSES) return false;
    this.addresses.push({ hostname: from.hostname, port: from.port });
    return true;
  }

  #connected(keys: SrtpKeys): void {
    this.#sender = new SrtpSender(keys.serverKey, keys.serverSalt);
    this.#receiver = new SrtpReceiver(keys.clientKey, keys.clientSalt);
    this.#lastStunAt = this.#options.clock.now();
    this.listener.connected?.();
  }

  #dtlsClosed(reason: DtlsCloseReason): void {
    const names = {
      refused: "dtls_refused",
      timeout: "dtls_timeout",
      peer_alert: "peer_closed",
      closed: "closed",
    } as const;
    this.close(names[reason.kind], reason);
  }
}

function same(a: DatagramAddress | undefined, b: DatagramAddress): boolean {
  return a?.port === b.port && a.hostname === b.hostname;
}

/** Where SRTP's encrypted part starts: behind CSRCs and header extension; -1 when cut short. */
function payloadStart(packet: Uint8Array): number {
  let start = 12 + (packet[0] & 0x0f) * 4;
  if (packet[0] & 0x10) {
    if (start + 4 > packet.length) return -1;
    start += 4 + ((packet[start + 2] << 8) | packet[start + 3]) * 4;
  }
  return start <= packet.length ? start : -1;
}
