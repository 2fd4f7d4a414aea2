import { A_LAW } from "../media/g711/a_law.ts";
import type { Codec } from "../media/g711/codec.ts";
import { codecOf } from "../media/g711/codec_of.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { DigitReceiver } from "../media/dtmf/digit_receiver.ts";
import { DigitSender } from "../media/dtmf/digit_sender.ts";
import type { DatagramAddress, DatagramSocket } from "../media/rtp/datagram_socket.ts";
import { openDenoSocket } from "../media/rtp/open_deno_socket.ts";
import { PacketRing } from "../media/rtp/packet_ring.ts";
import { ReceptionStatistics } from "../media/rtp/reception_statistics.ts";
import { RtpHeader } from "../media/rtp/rtp_header.ts";
import { writeRtpHeader } from "../media/rtp/write_rtp_header.ts";

const FRAME_MS = 20;
const FRAME = 160;
const SECOND = 8000;
/** Frames sent at once to catch up after the process was held up. */
const CATCH_UP = 5;

/** Where and how to send. */
export interface PhoneTarget {
  remote: DatagramAddress;
  codec: "PCMU" | "PCMA";
  payloadType: number;
  telephoneEvent: number | undefined;
}

/** What a {@linkcode PhoneAudio} sends and reports. */
export interface PhoneAudioOptions {
  hostname: string;
  /** The sample to say at a position since the start, at 8 kHz. */
  source: (at: number) => number;
  /** Called with each second of audio heard. */
  onSecond: (samples: Int16Array) => void;
  /** Called when a digit begins (RFC 4733). */
  onDigit?: (digit: string) => void;
}

/** A test phone's RTP: says a source, sends digits, hears by the second. */
export class PhoneAudio {
  readonly #options: PhoneAudioOptions;
  readonly #socket: DatagramSocket;
  readonly #header = new RtpHeader();
  readonly #ring = new PacketRing(64, 256);
  readonly #digits = new DigitSender();
  readonly #heardDigits: DigitReceiver;
  readonly statistics = new ReceptionStatistics();
  readonly #second = new Int16Array(SECOND);
  #filled = 0;
  #target: PhoneTarget | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #began = 0;
  #frames = 0;
  #sequence = Math.floor(Math.random() * 0x7fff);
  #timestamp = Math.floor(Math.random() * 0x7fffffff);
  #eventTimestamp = 0;
  readonly #ssrc = Math.floor(Math.random() * 0xffffffff);
  /** Datagrams that could not be sent or received. */
  errors = 0;
  sent = 0;

  constructor(options: PhoneAudioOptions) {
    this.#options = options;
    this.#heardDigits = new DigitReceiver({
      started: (digit) => options.onDigit?.(digit),
      ended: () => {},
    });
    this.#socket = openDenoSocket(
      { hostname: options.hostname, port: 0 },
      (packet) => this.#receive(packet),
      () => this.errors++,
    );
  }

  /** Where it receives. */
  get address(): DatagramAddress {
    return this.#socket.address;
  }

  /** Starts to send, or goes on towards another target. */
  start(target: PhoneTarget): void {
    this.#target = target;
    if (this.#timer !== undefined) return;
    this.#began = performance.now();
    this.#timer = setInterval(() => this.#tick(), FRAME_MS / 2);
  }

  /** Sends digits as telephone events (RFC 4733). */
  send(digits: string): void {
    this.#digits.send(digits);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #tick(): void {
    const due = Math.floor((performance.now() - this.#began) / FRAME_MS) + 1;
    if (due - this.#frames > CATCH_UP) this.#began += (due - this.#frames - CATCH_UP) * FRAME_MS;
    for (let i = 0; i < CATCH_UP && this.#frames < due; i++) this.#sendFrame(this.#target!);
  }

  #sendFrame(target: PhoneTarget): void {
    const at = this.#frames++ * FRAME;
    const slot = this.#ring.next();
    const { telephoneEvent } = target;
    const event = telephoneEvent === undefined ? undefined : this.#digits.next(slot.bytes, 12);
    if (event?.begins) this.#eventTimestamp = this.#timestamp;
    this.#sequence = this.#sequence + 1 & 0xffff;
    if (event && telephoneEvent !== undefined) {
      const stamp = this.#eventTimestamp;
      writeRtpHeader(slot.bytes, event.marker, telephoneEvent, this.#sequence, stamp, this.#ssrc);
    } else {
      const codec = target.codec === "PCMA" ? A_LAW : MU_LAW;
      const { source } = this.#options;
      for (let i = 0; i < FRAME; i++) slot.bytes[12 + i] = codec.encode[source(at + i) & 0xffff];
      const first = at === 0;
      writeRtpHeader(
        slot.bytes,
        first,
        target.payloadType,
        this.#sequence,
        this.#timestamp,
        this.#ssrc,
      );
    }
    this.#timestamp = this.#timestamp + FRAME >>> 0;
    this.sent++;
    this.#socket.send(slot.view(event ? 16 : 12 + FRAME), target.remote);
  }

  #receive(packet: Uint8Array): void {
    const header = this.#header;
    if (!header.parse(packet)) return;
    const { payloadType, payloadStart, payloadEnd } = header;
    const taken = this.statistics.receive(
      header.ssrc,
      header.sequence,
      header.timestamp,
      performance.now(),
    );
    if (taken && payloadType === this.#target?.telephoneEvent) {
      const { timestamp, marker } = header;
      const now = performance.now();
      this.#heardDigits.receive(packet, payloadStart, payloadEnd, timestamp, marker, now);
      return;
    }
    const codec = this.#codec(payloadType);
    if (!taken || !codec) return;
    for (let i = payloadStart; i < payloadEnd; i++) {
      this.#second[this.#filled++] = codec.decode[packet[i]];
      if (this.#filled < SECOND) continue;
      this.#filled = 0;
      this.#options.onSecond(this.#second);
    }
  }

  #codec(payloadType: number): Codec | undefined {
    const target = this.#target;
    if (target?.payloadType === payloadType) return target.codec === "PCMA" ? A_LAW : MU_LAW;
    return codecOf(payloadType);
  }
}
