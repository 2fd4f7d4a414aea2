import assert from "node:assert/strict";
import { A_LAW } from "../../g711/a_law.ts";
import { codecOf } from "../../g711/codec_of.ts";
import { encodeSamples } from "../../g711/encode_samples.ts";
import { MU_LAW } from "../../g711/mu_law.ts";
import { tone } from "../../g711/tone.ts";
import type { DatagramAddress, DatagramSocket } from "../../rtp/datagram_socket.ts";
import { openDenoSocket } from "../../rtp/open_deno_socket.ts";
import { RtpHeader } from "../../rtp/rtp_header.ts";
import { writeRtpHeader } from "../../rtp/write_rtp_header.ts";

/** One RTP packet heard by the far end. */
export interface HeardPacket {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payload: Uint8Array;
}

/** The other side of a carrier leg, for tests: sends tones and digits, keeps what it hears. */
export class FarEnd {
  readonly packets: HeardPacket[] = [];
  readonly ssrc = 0xabcdef;
  target: DatagramAddress | undefined;
  sequence = 65_000;
  timestamp = 0;
  readonly #codec;
  readonly #socket: DatagramSocket;
  #waiting: { count: number; resolve: () => void } | undefined;
  #position = 0;

  constructor(codec: "PCMU" | "PCMA") {
    this.#codec = codec === "PCMU" ? MU_LAW : A_LAW;
    const header = new RtpHeader();
    this.#socket = openDenoSocket({ hostname: "127.0.0.1", port: 0 }, (packet) => {
      if (!header.parse(packet)) return;
      const { marker, payloadType, sequence, timestamp, ssrc } = header;
      const payload = packet.slice(header.payloadStart, header.payloadEnd);
      this.packets.push({ marker, payloadType, sequence, timestamp, ssrc, payload });
      if (this.#waiting && this.packets.length >= this.#waiting.count) this.#waiting.resolve();
    }, assert.ifError);
  }

  get port(): number {
    return this.#socket.address.port;
  }

  /** Resolves once `count` packets were heard. */
  heard(count: number): Promise<void> {
    if (this.packets.length >= count) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting = { count, resolve };
    return promise;
  }

  /** Sends 20 ms of a tone. */
  send(frequency: number): void {
    const samples = tone({ frequencies: [frequency], duration: 20, from: this.#position });
    this.#position += 160;
    const packet = new Uint8Array(172);
    packet.set(encodeSamples(samples, this.#codec), 12);
    this.#send(packet, false, this.#codec.payloadType);
    this.timestamp += 160;
  }

  /** Sends one telephone event under payload type 101. */
  sendDigit(event: number, duration: number): void {
    const frames = duration / 20;
    for (let i = 1; i <= frames + 2; i++) {
      const packet = new Uint8Array(16);
      const length = Math.min(i, frames) * 160;
      packet.set([event, (i >= frames ? 0x80 : 0) | 10, length >> 8, length & 255], 12);
      this.#send(packet, i === 1, 101);
    }
    this.timestamp += duration * 8;
  }

  /** Linear samples of the audio packets from..to. */
  samples(from: number, to: number): number[] {
    return this.packets.filter((p) => codecOf(p.payloadType)).slice(from, to)
      .flatMap((p) => [...p.payload].map((code) => codecOf(p.payloadType)!.decode[code]));
  }

  assertSequences(): void {
    for (let i = 1; i < this.packets.length; i++) {
      const [last, next] = [this.packets[i - 1], this.packets[i]];
      assert.equal(next.sequence, (last.sequence + 1) & 0xffff);
      assert.equal(next.ssrc, last.ssrc);
    }
  }

  /** Sequences without a hole and timestamps 20 ms apart. */
  assertUnbroken(): void {
    this.assertSequences();
    for (let i = 1; i < this.packets.length; i++) {
      assert.equal((this.packets[i].timestamp - this.packets[i - 1].timestamp) >>> 0, 160, `${i}`);
    }
  }

  close(): void {
    this.#socket.close();
  }

  #send(packet: Uint8Array, marker: boolean, payloadType: number): void {
    writeRtpHeader(packet, marker, payloadType, this.sequence, this.timestamp >>> 0, this.ssrc);
    this.sequence = (this.sequence + 1) & 0xffff;
    this.#socket.send(packet, this.target!);
  }
}
