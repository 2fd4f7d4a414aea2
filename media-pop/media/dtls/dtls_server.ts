import { type KeyObject, timingSafeEqual } from "node:crypto";
import type { MediaClock } from "../clock/media_clock.ts";
import { AlertError } from "./alert_error.ts";
import { ALERTS } from "./alerts.ts";
import { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import type { Certificate } from "./certificate.ts";
import { checkCertificateVerify } from "./check_certificate_verify.ts";
import { concat } from "./concat.ts";
import { CONTENT } from "./content_types.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { frameHandshake } from "./frame_handshake.ts";
import type { HandshakeMessage } from "./handshake_message.ts";
import { HandshakeReassembler } from "./handshake_reassembler.ts";
import { HANDSHAKE } from "./handshake_types.ts";
import { type KeyExchange, makeKeyExchange } from "./make_key_exchange.ts";
import { readClientCertificate } from "./read_client_certificate.ts";
import { readClientHello } from "./read_client_hello.ts";
import { type IncomingRecord, readRecords } from "./read_records.ts";
import { type OutgoingRecord, RecordLayer } from "./record_layer.ts";
import { serverFlight } from "./server_flight.ts";
import { SessionSecrets, type SrtpKeys } from "./session_secrets.ts";

/** Why a connection ended. */
export type DtlsCloseReason =
  | { kind: "refused"; alert: keyof typeof ALERTS; message: string }
  | { kind: "peer_alert"; description: number }
  | { kind: "timeout" }
  | { kind: "closed" };

/** Options of a {@linkcode DtlsServer}. */
export interface DtlsServerOptions {
  certificate: Certificate;
  clock: MediaClock;
  random: (size: number) => Uint8Array;
  send: (datagram: Uint8Array) => void;
  onConnected: (keys: SrtpKeys) => void;
  onClosed: (reason: DtlsCloseReason) => void;
  /**
   * Asks for a cookie first (RFC 6347 section 4.2.1). Not needed behind ICE, whose checks already
   * prove that the peer receives at its address.
   */
  cookie?: boolean;
  /** Milliseconds from ClientHello to Finished, 15 s by default. */
  deadline?: number;
}

const FIRST_TIMEOUT = 400;
const LONGEST_TIMEOUT = 4000;
const MOST_REPEATS = 12;
const MOST_HELD_RECORDS = 4;

/** The client's messages after its hello, in the only order allowed. */
const ORDER: readonly number[] = [
  HANDSHAKE.certificate,
  HANDSHAKE.client_key_exchange,
  HANDSHAKE.certificate_verify,
  HANDSHAKE.finished,
];

/**
 * A DTLS 1.2 server for DTLS-SRTP (RFC 6347, RFC 5764, RFC 7627): ECDHE_ECDSA with AES-128-GCM,
 * extended master secret and a client certificate, all required. The client's certificate must have
 * a signalled fingerprint, and its CertificateVerify and Finished are verified. Carries no data.
 */
export class DtlsServer {
  #state: "idle" | "handshake" | "connected" | "closed" = "idle";
  readonly #options: DtlsServerOptions;
  readonly #records: RecordLayer;
  #messages = new HandshakeReassembler();
  #fingerprints: Fingerprint[] = [];
  #transcript: Uint8Array[] = [];
  #flight: OutgoingRecord[] = [];
  #held: IncomingRecord[] = [];
  #cookie: Uint8Array | undefined;
  #sent = 0;
  #expected = 0;
  #repeats = 0;
  #exchange: KeyExchange | undefined;
  #clientRandom: Uint8Array = new Uint8Array();
  #serverRandom: Uint8Array = new Uint8Array();
  #peerKey: KeyObject | undefined;
  #secrets: SessionSecrets | undefined;
  #cancelTimer = () => {};
  #cancelDeadline = () => {};

  constructor(options: DtlsServerOptions) {
    this.#options = options;
    this.#records = new RecordLayer(options.send);
  }

  get state(): "idle" | "handshake" | "connected" | "closed" {
    return this.#state;
  }

  /** Names the certificates to accept. Nothing is answered before. */
  expect(fingerprints: Fingerprint[]): void {
    this.#fingerprints = fingerprints;
  }

  /** Takes a datagram. Never throws for what a peer sends; the bytes are not kept. */
  receive(datagram: Uint8Array): void {
    if (this.#fingerprints.length === 0) return;
    for (const record of readRecords(datagram)) {
      if (this.#state === "closed") return;
      this.#guarded(() => this.#receiveRecord(record));
    }
  }

  /** Says close_notify and ends. Idempotent; `onClosed` is not called. */
  close(): void {
    if (this.#state === "connected") this.#alert(1, "close_notify");
    this.#end();
  }

  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      const alert = error instanceof AlertError ? error.alert : "internal_error";
      this.#alert(2, alert);
      this.#finish({ kind: "refused", alert, message: (error as Error).message });
    }
  }

  #receiveRecord(record: IncomingRecord): void {
    if (record.epoch === 0) return this.#receivePlain(record.type, record.body, false);
    if (record.epoch !== 1) return;
    if (!this.#secrets) {
      const { type, epoch, body } = record;
      if (this.#held.length < MOST_HELD_RECORDS && this.#state === "handshake") {
        this.#held.push({ type, epoch, body, whole: record.whole.slice() });
      }
      return;
    }
    const plain = this.#secrets.client.open(record.whole);
    if (plain) this.#receivePlain(record.type, plain, true);
  }

  #receivePlain(type: number, body: Uint8Array, sealed: boolean): void {
    if (type === CONTENT.alert) this.#receiveAlert(body, sealed);
    else if (type === CONTENT.handshake) {
      this.#messages.receive(
        body,
        (message) => this.#state !== "closed" && this.#receiveMessage(message, sealed),
        (repeated) => this.#repeat(repeated, sealed),
      );
    }
  }

  #receiveAlert(body: Uint8Array, sealed: boolean): void {
    if (body.length < 2 || (this.#state === "connected" && !sealed)) return;
    const [level, description] = body;
    if (level === 2 || description === ALERTS.close_notify) {
      this.#finish({ kind: "peer_alert", description });
    }
  }

  #receiveMessage(message: HandshakeMessage, sealed: boolean): void {
    const { type, body } = message;
    if (this.#state === "idle") {
      if (type !== HANDSHAKE.client_hello || sealed) throw unexpected(type);
      return this.#receiveHello(message);
    }
    if (this.#state !== "handshake") return;
    if (type !== ORDER[this.#expected] || sealed !== (type === HANDSHAKE.finished)) {
      throw unexpected(type);
    }
    if (type === HANDSHAKE.certificate) {
      this.#peerKey = readClientCertificate(body, this.#fingerprints);
    } else if (type === HANDSHAKE.certificate_verify) {
      checkCertificateVerify(body, this.#peerKey!, concat(...this.#transcript));
    } else if (type === HANDSHAKE.finished) this.#checkFinished(body);
    this.#transcript.push(frameHandshake(message));
    this.#expected++;
    if (type === HANDSHAKE.client_key_exchange) this.#receiveKey(body);
    if (type === HANDSHAKE.finished) this.#connect();
  }

  #receiveHello(message: HandshakeMessage): void {
    const hello = readClientHello(message.body);
    if (this.#options.cookie && !this.#hasCookie(hello.cookie)) return this.#askForCookie();
    requireFit(hello.suites.includes(0xc02b), "no common cipher suite");
    requireFit(hello.srtpProfiles.includes(1), "no common SRTP profile");
    requireFit(hello.extendedMasterSecret, "no extended master secret");
    this.#exchange = makeKeyExchange(hello.groups);
    this.#clientRandom = hello.random.slice();
    this.#serverRandom = this.#options.random(32);
    this.#transcript = [frameHandshake(message)];
    const flight = serverFlight(
      hello,
      this.#serverRandom,
      this.#exchange,
      this.#options.certificate,
    );
    this.#flight = flight.map(([type, body]) => {
      const framed = frameHandshake({ type, sequence: this.#sent++, body });
      this.#transcript.push(framed);
      return { type: CONTENT.handshake, epoch: 0, body: framed };
    });
    this.#state = "handshake";
    this.#records.send(this.#flight);
    this.#sendAgainAfter(FIRST_TIMEOUT);
    this.#cancelDeadline = this.#options.clock.schedule(
      this.#options.deadline ?? 15_000,
      () => this.#finish({ kind: "timeout" }),
    );
  }

  #hasCookie(cookie: Uint8Array): boolean {
    return this.#cookie !== undefined && cookie.length === this.#cookie.length &&
      timingSafeEqual(cookie, this.#cookie);
  }

  #askForCookie(): void {
    if (this.#repeats++ > MOST_REPEATS) return;
    this.#cookie ??= this.#options.random(20);
    const body = new ByteWriter().number(2, 0xfeff).vector(1, this.#cookie).finish();
    const type = HANDSHAKE.hello_verify_request;
    const framed = frameHandshake({ type, sequence: 0, body });
    this.#sent = 1;
    this.#records.send([{ type: CONTENT.handshake, epoch: 0, body: framed }]);
  }

  #receiveKey(body: Uint8Array): void {
    const reader = new ByteReader(body);
    const peer = reader.vector(1);
    reader.end();
    const shared = this.#exchange!.agree(peer);
    this.#secrets = new SessionSecrets(
      shared,
      this.#transcript,
      this.#clientRandom,
      this.#serverRandom,
    );
    this.#records.cipher = this.#secrets.server;
    const held = this.#held;
    this.#held = [];
    queueMicrotask(() => {
      for (const record of held) {
        if (this.#state === "handshake") this.#guarded(() => this.#receiveRecord(record));
      }
    });
  }

  #checkFinished(body: Uint8Array): void {
    const expected = this.#secrets!.finished("client", this.#transcript);
    if (body.length !== expected.length || !timingSafeEqual(body, expected)) {
      throw new AlertError("decrypt_error", "The client's Finished is wrong");
    }
  }

  #connect(): void {
    this.#stopTimers();
    const body = this.#secrets!.finished("server", this.#transcript);
    const finished = { type: HANDSHAKE.finished, sequence: this.#sent++, body };
    this.#flight = [
      { type: CONTENT.change_cipher_spec, epoch: 0, body: Uint8Array.of(1) },
      { type: CONTENT.handshake, epoch: 1, body: frameHandshake(finished) },
    ];
    this.#records.send(this.#flight);
    this.#state = "connected";
    this.#transcript = [];
    this.#options.onConnected(this.#secrets!.srtpKeys());
  }

  /** The peer sends its flight again, so ours got lost (RFC 6347 section 4.2.4). */
  #repeat(type: number, sealed: boolean): void {
    if (this.#state === "idle" && this.#cookie) return this.#askForCookie();
    const last = this.#state === "connected"
      ? type === HANDSHAKE.finished && sealed
      : type === HANDSHAKE.client_hello && this.#expected === 0;
    if (last && this.#flight.length > 0 && this.#repeats++ < MOST_REPEATS) {
      this.#records.send(this.#flight);
    }
  }

  #sendAgainAfter(delay: number): void {
    this.#cancelTimer = this.#options.clock.schedule(delay, () => {
      this.#records.send(this.#flight);
      this.#sendAgainAfter(Math.min(delay * 2, LONGEST_TIMEOUT));
    });
  }

  #alert(level: 1 | 2, alert: keyof typeof ALERTS): void {
    const epoch = this.#state === "connected" ? 1 : 0;
    const body = Uint8Array.of(level, ALERTS[alert]);
    this.#records.send([{ type: CONTENT.alert, epoch, body }]);
  }

  #finish(reason: DtlsCloseReason): void {
    if (this.#state === "closed") return;
    this.#end();
    this.#options.onClosed(reason);
  }

  #end(): void {
    this.#state = "closed";
    this.#stopTimers();
  }

  #stopTimers(): void {
    this.#cancelTimer();
    this.#cancelDeadline();
  }
}

function requireFit(fits: boolean, message: string): void {
  if (!fits) throw new AlertError("handshake_failure", message);
}

function unexpected(type: number): AlertError {
  return new AlertError("unexpected_message", `Handshake message ${type} is not awaited now`);
}
