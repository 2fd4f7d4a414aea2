import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { MediaClock } from "../clock/media_clock.ts";
import { type Certificate, makeCertificate } from "../dtls/certificate.ts";
import type {
  DatagramAddress,
  DatagramSocket,
  OpenDatagramSocket,
} from "../rtp/datagram_socket.ts";
import { ipBytes } from "../stun/ip_bytes.ts";
import { isStun } from "../stun/is_stun.ts";
import { readStun } from "../stun/read_stun.ts";
import { AddressTable } from "./address_table.ts";
import type { IceParameters, TransportParameters } from "./transport_parameters.ts";
import { WebRtcTransport } from "./webrtc_transport.ts";

/** Options of a {@linkcode WebRtcListener}. */
export interface WebRtcListenerOptions {
  /** The UDP address to bind; port 0 takes any. */
  listen: DatagramAddress;
  /** IP address to tell browsers when it differs from the bound one (one-to-one NAT). */
  announced?: string;
  clock: MediaClock;
  random: (size: number) => Uint8Array;
  open: OpenDatagramSocket;
  log: Logger;
  /** Transports at once, 4000 by default. */
  most?: number;
}

/**
 * One UDP port for all browsers: tells STUN, DTLS and SRTP apart by their first byte (RFC 7983) and
 * finds the transport by its username fragment or by an address that proved the password. O(1) a
 * packet.
 */
export class WebRtcListener {
  readonly #options: WebRtcListenerOptions;
  readonly #certificate: Certificate;
  readonly #socket: DatagramSocket;
  readonly #byFragment = new Map<string, WebRtcTransport>();
  readonly #byAddress = new AddressTable<WebRtcTransport>();
  readonly #transports = new Map<string, WebRtcTransport>();
  #cancel: () => void;

  /**
   * Throws `Deno.errors.AddrInUse` when the port is taken, `configuration_invalid` when no address
   * can be told to browsers.
   */
  constructor(options: WebRtcListenerOptions) {
    if (ipBytes(options.announced ?? options.listen.hostname).every((byte) => byte === 0)) {
      const message = "WEBRTC_LISTEN on every address needs an announced address";
      throw new AntiphonError("configuration_invalid", message);
    }
    this.#options = options;
    this.#certificate = makeCertificate(options.clock.wallClock(), options.random);
    this.#socket = options.open(
      options.listen,
      (packet, from) => this.#receive(packet, from),
      (error) => options.log.warn("webrtc.socket_failed", { error }),
    );
    this.#cancel = this.#tickLater();
  }

  /** The bound address. */
  get address(): DatagramAddress {
    return this.#socket.address;
  }

  /** Open transports. */
  get size(): number {
    return this.#transports.size;
  }

  /** Makes a transport. It closes by itself when not connected within 30 s. */
  createTransport(): WebRtcTransport {
    if (this.#transports.size >= (this.#options.most ?? 4000)) {
      throw new AntiphonError("media_unavailable", "Too many WebRTC transports: try another PoP");
    }
    const { clock, random } = this.#options;
    const transport: WebRtcTransport = new WebRtcTransport({
      id: random(16).toHex(),
      credentials: this.#newCredentials(),
      certificate: this.#certificate,
      clock,
      random,
      send: (packet, to) => this.#socket.send(packet, to),
      onClosed: () => this.#forget(transport),
    });
    this.#transports.set(transport.id, transport);
    this.#byFragment.set(transport.credentials[0].usernameFragment, transport);
    return transport;
  }

  /** What mediasoup-client's `createSendTransport` and `createRecvTransport` take. */
  parametersOf(transport: WebRtcTransport): TransportParameters {
    const ip = this.#options.announced ?? this.address.hostname;
    return {
      id: transport.id,
      iceParameters: transport.credentials[0],
      iceCandidates: [{
        foundation: "host",
        priority: 2130706431,
        address: ip,
        ip,
        protocol: "udp",
        port: this.address.port,
        type: "host",
      }],
      dtlsParameters: {
        role: "auto",
        fingerprints: [{ algorithm: "sha-256", value: this.#certificate.fingerprint }],
      },
    };
  }

  /** New credentials for an ICE restart (RFC 8445 section 2.4); the last ones stay good. */
  restartIce(transport: WebRtcTransport): IceParameters {
    const fresh = this.#newCredentials();
    const [current, older] = transport.credentials;
    if (older) this.#byFragment.delete(older.usernameFragment);
    transport.credentials = [fresh, current];
    this.#byFragment.set(fresh.usernameFragment, transport);
    return fresh;
  }

  /** Closes every transport and the port. Idempotent. */
  close(): void {
    this.#cancel();
    for (const transport of [...this.#transports.values()]) transport.close();
    this.#socket.close();
  }

  #receive(packet: Uint8Array, from: DatagramAddress): void {
    if (packet.length === 0) return;
    if (packet[0] >= 4) return this.#byAddress.get(from)?.receive(packet);
    if (!isStun(packet)) return;
    const message = readStun(packet);
    if (message?.type !== 1 || !message.username) return;
    const transport = this.#byFragment.get(message.username.ours);
    if (transport?.receiveStun(packet, message, from)) {
      if (this.#byAddress.get(from) !== transport) this.#byAddress.set(from, transport);
    }
  }

  #forget(transport: WebRtcTransport): void {
    this.#transports.delete(transport.id);
    for (const c of transport.credentials) this.#byFragment.delete(c.usernameFragment);
    for (const address of transport.addresses) {
      if (this.#byAddress.get(address) === transport) this.#byAddress.delete(address);
    }
  }

  #newCredentials(): IceParameters {
    const { random } = this.#options;
    return {
      usernameFragment: random(8).toHex(),
      password: random(16).toHex(),
      iceLite: true,
    };
  }

  #tickLater(): () => void {
    return this.#options.clock.schedule(1000, () => {
      this.#cancel = this.#tickLater();
      const now = this.#options.clock.now();
      for (const transport of [...this.#transports.values()]) transport.tick(now);
    });
  }
}
