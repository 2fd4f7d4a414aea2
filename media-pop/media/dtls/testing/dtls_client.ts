import { sign } from "node:crypto";
import { ByteReader } from "../byte_reader.ts";
import { ByteWriter } from "../byte_writer.ts";
import type { Certificate } from "../certificate.ts";
import { concat } from "../concat.ts";
import { CONTENT } from "../content_types.ts";
import { frameHandshake } from "../frame_handshake.ts";
import type { HandshakeMessage } from "../handshake_message.ts";
import { HandshakeReassembler } from "../handshake_reassembler.ts";
import { HANDSHAKE } from "../handshake_types.ts";
import { type KeyExchange, makeKeyExchange } from "../make_key_exchange.ts";
import { type IncomingRecord, readRecords } from "../read_records.ts";
import { type OutgoingRecord, RecordLayer } from "../record_layer.ts";
import { SessionSecrets, type SrtpKeys } from "../session_secrets.ts";

/** Ways to misbehave, for tests of the server. */
export interface DtlsClientOptions {
  certificate: Certificate;
  random: (size: number) => Uint8Array;
  send: (datagram: Uint8Array) => void;
  /** Signs CertificateVerify with another key. */
  forgeVerify?: Certificate;
  forgeFinished?: boolean;
  withoutCertificate?: boolean;
  withoutExtendedMasterSecret?: boolean;
  srtpProfiles?: number[];
  suites?: number[];
  group?: 23 | 29;
  /** Bytes a fragment of the ClientHello. */
  fragment?: number;
}

/** A DTLS 1.2 client for tests and for the test agent. It sends again when told to. */
export class DtlsClient {
  keys: SrtpKeys | undefined;
  /** Descriptions of alerts received. */
  readonly alerts: number[] = [];
  onConnected: (keys: SrtpKeys) => void = () => {};
  readonly #options: DtlsClientOptions;
  readonly #records: RecordLayer;
  readonly #messages = new HandshakeReassembler();
  readonly #random: Uint8Array;
  #transcript: Uint8Array[] = [];
  #flight: OutgoingRecord[] = [];
  #exchange: KeyExchange | undefined;
  #serverRandom: Uint8Array = new Uint8Array();
  #peer: Uint8Array = new Uint8Array();
  #secrets: SessionSecrets | undefined;
  #sent = 0;

  constructor(options: DtlsClientOptions) {
    this.#options = options;
    this.#records = new RecordLayer(options.send);
    this.#random = options.random(32);
  }

  start(cookie: Uint8Array = new Uint8Array()): void {
    const body = this.#hello(cookie);
    const message = { type: HANDSHAKE.client_hello, sequence: this.#sent++, body };
    this.#transcript = [frameHandshake(message)];
    const size = this.#options.fragment ?? body.length;
    this.#flight = [];
    for (let at = 0; at < body.length; at += size) {
      const part = body.subarray(at, at + size);
      const fragment = new ByteWriter().number(1, message.type).number(3, body.length)
        .number(2, message.sequence).number(3, at).vector(3, part).finish();
      this.#flight.unshift({ type: CONTENT.handshake, epoch: 0, body: fragment });
    }
    this.sendAgain();
  }

  /** Sends the last flight again, as a timer would. */
  sendAgain(): void {
    this.#records.send(this.#flight);
  }

  receive(datagram: Uint8Array): void {
    for (const record of readRecords(datagram)) this.#receiveRecord(record);
  }

  close(): void {
    const epoch = this.keys ? 1 : 0;
    this.#records.send([{ type: CONTENT.alert, epoch, body: Uint8Array.of(1, 0) }]);
  }

  #receiveRecord(record: IncomingRecord): void {
    const body = record.epoch === 1 ? this.#secrets?.server.open(record.whole) : record.body;
    if (!body) return;
    if (record.type === CONTENT.alert) this.alerts.push(body[1]);
    if (record.type !== CONTENT.handshake) return;
    this.#messages.receive(body, (message) => this.#receiveMessage(message), () => {});
  }

  #receiveMessage(message: HandshakeMessage): void {
    const reader = new ByteReader(message.body);
    if (message.type === HANDSHAKE.hello_verify_request) {
      reader.number(2);
      return this.start(reader.vector(1));
    }
    if (message.type === HANDSHAKE.server_hello) {
      reader.number(2);
      this.#serverRandom = reader.bytes(32).slice();
    } else if (message.type === HANDSHAKE.server_key_exchange) {
      reader.number(1);
      this.#exchange = makeKeyExchange([reader.number(2)]);
      this.#peer = reader.vector(1).slice();
    } else if (message.type === HANDSHAKE.finished) {
      const expected = this.#secrets!.finished("server", this.#transcript);
      if (expected.toHex() !== message.body.toHex()) throw new Error("Server's Finished is wrong");
      this.keys = this.#secrets!.srtpKeys();
      this.onConnected(this.keys);
    }
    this.#transcript.push(frameHandshake(message));
    if (message.type === HANDSHAKE.server_hello_done) this.#answer();
  }

  #answer(): void {
    const { certificate, withoutCertificate, forgeVerify, forgeFinished } = this.#options;
    const chain = withoutCertificate
      ? new Uint8Array()
      : new ByteWriter().vector(3, certificate.der).finish();
    const messages: OutgoingRecord[] = [];
    const add = (type: number, body: Uint8Array, epoch: 0 | 1 = 0) => {
      const framed = frameHandshake({ type, sequence: this.#sent++, body });
      this.#transcript.push(framed);
      messages.push({ type: CONTENT.handshake, epoch, body: framed });
    };
    add(HANDSHAKE.certificate, new ByteWriter().vector(3, chain).finish());
    const exchange = this.#exchange!;
    const shared = exchange.agree(this.#peer);
    add(
      HANDSHAKE.client_key_exchange,
      new ByteWriter().vector(1, exchange.publicKey).finish(),
    );
    this.#secrets = new SessionSecrets(
      shared,
      this.#transcript,
      this.#random,
      this.#serverRandom,
    );
    this.#records.cipher = this.#secrets.client;
    const { key } = forgeVerify ?? certificate;
    const signature = sign("sha256", concat(...this.#transcript), key);
    add(
      HANDSHAKE.certificate_verify,
      new ByteWriter().number(2, 0x0403).vector(2, signature).finish(),
    );
    messages.push({ type: CONTENT.change_cipher_spec, epoch: 0, body: Uint8Array.of(1) });
    const finished = this.#secrets.finished("client", this.#transcript);
    if (forgeFinished) finished[0] ^= 1;
    add(HANDSHAKE.finished, finished, 1);
    this.#flight = messages;
    this.sendAgain();
  }

  #hello(cookie: Uint8Array): Uint8Array {
    const o = this.#options;
    const list = (numbers: number[]) => {
      const writer = new ByteWriter();
      for (const n of numbers) writer.number(2, n);
      return new ByteWriter().vector(2, writer.finish()).finish();
    };
    const profiles = concat(list(o.srtpProfiles ?? [1]), Uint8Array.of(0));
    const extensions = new ByteWriter()
      .number(2, 10).vector(2, list([o.group ?? 29]))
      .number(2, 13).vector(2, list([0x0403]))
      .number(2, 14).vector(2, profiles);
    if (!o.withoutExtendedMasterSecret) extensions.number(2, 23).vector(2, new Uint8Array());
    return new ByteWriter().number(2, 0xfefd).bytes(this.#random).vector(1, new Uint8Array())
      .vector(1, cookie).bytes(list(o.suites ?? [0xc02b])).vector(1, Uint8Array.of(0))
      .vector(2, extensions.finish()).finish();
  }
}
