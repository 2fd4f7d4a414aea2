import { randomBytes } from "node:crypto";
import { type Certificate, makeCertificate } from "../../dtls/certificate.ts";
import { DtlsClient, type DtlsClientOptions } from "../../dtls/testing/dtls_client.ts";
import type { DatagramAddress, DatagramSocket } from "../../rtp/datagram_socket.ts";
import { openDenoSocket } from "../../rtp/open_deno_socket.ts";
import { SrtpReceiver } from "../../srtp/srtp_receiver.ts";
import { SrtpSender } from "../../srtp/srtp_sender.ts";
import { readStun } from "../../stun/read_stun.ts";
import { StunWriter } from "../../stun/stun_writer.ts";
import type { TransportParameters } from "../transport_parameters.ts";

const random = (size: number) => new Uint8Array(randomBytes(size));

/** One peer connection of a browser, without the browser: ICE checks, DTLS client, SRTP. */
export class BrowserPeer {
  readonly certificate: Certificate = makeCertificate(Date.now(), random);
  readonly connected: Promise<void>;
  /** STUN response types received: 0x0101 is success. */
  readonly answers: number[] = [];
  onPacket: (packet: Uint8Array) => void = () => {};
  readonly #socket: DatagramSocket;
  readonly #to: DatagramAddress;
  readonly #dtls: DtlsClient;
  readonly #parameters: TransportParameters;
  #sender: SrtpSender | undefined;
  #receiver: SrtpReceiver | undefined;
  #answered = () => {};

  constructor(parameters: TransportParameters, options: Partial<DtlsClientOptions> = {}) {
    this.#parameters = parameters;
    const { ip, port } = parameters.iceCandidates[0];
    this.#to = { hostname: ip, port };
    this.#socket = openDenoSocket(
      { hostname: ip, port: 0 },
      (packet) => this.#receive(packet),
      () => {},
    );
    this.#dtls = new DtlsClient({
      certificate: this.certificate,
      random,
      send: (datagram) => this.#socket.send(datagram.slice(), this.#to),
      fragment: 100,
      ...options,
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.connected = promise;
    this.#dtls.onConnected = (keys) => {
      this.#sender = new SrtpSender(keys.clientKey, keys.clientSalt);
      this.#receiver = new SrtpReceiver(keys.serverKey, keys.serverSalt);
      resolve();
    };
  }

  get alerts(): number[] {
    return this.#dtls.alerts;
  }

  /** What `connect` takes. */
  get dtlsParameters() {
    return {
      role: "client" as const,
      fingerprints: [{ algorithm: "sha-256", value: this.certificate.fingerprint }],
    };
  }

  /** One ICE check with USE-CANDIDATE; resolves with the answer's type. */
  async check(password = this.#parameters.iceParameters.password): Promise<number> {
    const { usernameFragment } = this.#parameters.iceParameters;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#answered = resolve;
    const request = new StunWriter(1, random(12))
      .attribute(0x0006, new TextEncoder().encode(`${usernameFragment}:peer`))
      .attribute(0x802a, random(8))
      .attribute(0x0025, new Uint8Array())
      .integrity(password).finish();
    this.#socket.send(request, this.#to);
    await promise;
    return this.answers.at(-1)!;
  }

  /** Checks, then shakes hands. */
  async connect(): Promise<void> {
    await this.check();
    this.#dtls.start();
    await this.connected;
  }

  startDtls(): void {
    this.#dtls.start();
  }

  /** Protects and sends a plain RTP packet. */
  send(packet: Uint8Array): void {
    const sealed = new Uint8Array(packet.length + 10);
    sealed.set(packet);
    this.#sender!.protect(sealed, packet.length, 12);
    this.#socket.send(sealed, this.#to);
  }

  sayGoodbye(): void {
    this.#dtls.close();
  }

  close(): void {
    this.#socket.close();
  }

  #receive(packet: Uint8Array): void {
    if (packet[0] < 4) {
      const message = readStun(packet);
      if (message) this.answers.push(message.type);
      this.#answered();
    } else if (packet[0] < 64) this.#dtls.receive(packet.slice());
    else if (this.#receiver) {
      const rtcp = packet[1] >= 192 && packet[1] <= 223;
      const length = rtcp
        ? this.#receiver.openRtcp(packet, packet.length)
        : this.#receiver.open(packet, packet.length, 12);
      if (length > 0) this.onPacket(packet.slice(0, length));
    }
  }
}
