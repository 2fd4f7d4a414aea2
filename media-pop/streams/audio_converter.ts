import type { Codec } from "../media/g711/codec.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { transcodingTable } from "../media/g711/transcoding_table.ts";
import { HalfBand } from "./half_band.ts";

/** What a bot's audio is made of. */
export interface StreamFormat {
  encoding: "audio/x-mulaw" | "audio/x-l16";
  sampleRate: 8000 | 16000;
}

/** Bytes of G.711 in one packet at most. */
const LARGEST_PACKET = 960;

/**
 * Between the platform's G.711 and a bot's format: µ-law, or linear 16 bit in network byte order
 * (RFC 3551 section 4.5.11) with 8000 or 16000 samples a second. Keeps the filters of one stream.
 */
export class AudioConverter {
  readonly #format: StreamFormat;
  readonly #up = new HalfBand(2 * LARGEST_PACKET);
  readonly #down = new HalfBand(2 * LARGEST_PACKET);
  readonly #near = new Int16Array(2 * LARGEST_PACKET);
  readonly #far = new Int16Array(2 * LARGEST_PACKET);

  constructor(format: StreamFormat) {
    this.#format = format;
  }

  /** Bytes that the largest packet becomes. */
  static readonly LARGEST = LARGEST_PACKET * 4;

  /** Writes a packet's G.711 in the bot's format to `out`; answers its bytes. O(size). */
  outward(packet: Uint8Array, start: number, size: number, codec: Codec, out: Uint8Array): number {
    if (this.#format.encoding === "audio/x-mulaw") {
      const table = transcodingTable(codec, MU_LAW);
      for (let i = 0; i < size; i++) out[i] = table[packet[start + i]];
      return size;
    }
    for (let i = 0; i < size; i++) this.#near[i] = codec.decode[packet[start + i]];
    const doubled = this.#format.sampleRate === 16000;
    const samples = doubled ? this.#far : this.#near;
    const count = doubled ? this.#up.double(this.#near, size, this.#far) : size;
    for (let i = 0; i < count; i++) {
      out[2 * i] = samples[i] >> 8;
      out[2 * i + 1] = samples[i] & 0xff;
    }
    return 2 * count;
  }

  /**
   * Turns `length` bytes of the bot's format into µ-law, in place; answers its bytes. Half a sample
   * at the end is dropped. O(length).
   */
  inward(bytes: Uint8Array, length: number): number {
    if (this.#format.encoding === "audio/x-mulaw") return length;
    const total = length >> 1;
    let written = 0;
    for (let from = 0; from < total; from += LARGEST_PACKET) {
      const size = Math.min(LARGEST_PACKET, total - from);
      for (let i = 0; i < size; i++) {
        const at = 2 * (from + i);
        this.#near[i] = (bytes[at] << 8) | bytes[at + 1];
      }
      const halved = this.#format.sampleRate === 16000;
      const samples = halved ? this.#far : this.#near;
      const count = halved ? this.#down.halve(this.#near, size, this.#far) : size;
      for (let i = 0; i < count; i++) bytes[written++] = MU_LAW.encode[samples[i] & 0xffff];
    }
    return written;
  }
}
