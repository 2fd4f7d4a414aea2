import type { ReceptionStatistics } from "./reception_statistics.ts";

const NTP_EPOCH = 2_208_988_800;

/** What a sender report says of our own stream (RFC 3550 section 6.4.1). */
export interface SenderFacts {
  ssrc: number;
  /** RTP timestamp at this moment. */
  timestamp: number;
  packets: number;
  octets: number;
}

/**
 * Builds one compound RTCP packet (RFC 3550 section 6) in a given buffer: a report first, then
 * SDES, then BYE as wanted. Allocates nothing; read `length` when done.
 */
export class RtcpWriter {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  length = 0;

  /** `bytes` needs 28 + 24 + 12 + CNAME length, rounded up, plus 8 for BYE, plus 14 for SRTCP. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Starts a sender report; `wallClock` in milliseconds since 1970. */
  senderReport(sender: SenderFacts, wallClock: number): this {
    this.#start(200, 0, 28);
    const view = this.#view;
    const seconds = Math.floor(wallClock / 1000);
    view.setUint32(4, sender.ssrc);
    view.setUint32(8, seconds + NTP_EPOCH);
    view.setUint32(12, Math.floor((wallClock / 1000 - seconds) * 4294967296));
    view.setUint32(16, sender.timestamp);
    view.setUint32(20, sender.packets);
    view.setUint32(24, sender.octets);
    return this;
  }

  /**
   * Starts a receiver report of one source. `lastSr` is the middle 32 bits of its last SR's NTP
   * time (0: none), `sinceLastSr` the milliseconds since.
   */
  receiverReport(
    own: number,
    statistics: ReceptionStatistics,
    lastSr: number,
    sinceLastSr: number,
  ): this {
    this.#start(201, 1, 32);
    const view = this.#view;
    view.setUint32(4, own);
    view.setUint32(8, statistics.ssrc);
    const lost = Math.min(statistics.lost, 0x7fffff);
    view.setUint32(12, (statistics.takeFractionLost() << 24 | lost) >>> 0);
    view.setUint32(16, statistics.extendedHighest);
    view.setUint32(20, statistics.jitter);
    view.setUint32(24, lastSr);
    view.setUint32(28, lastSr === 0 ? 0 : Math.round(sinceLastSr * 65.536));
    return this;
  }

  /** Adds the CNAME of `ssrc`; `cname` is ASCII, at most 255 bytes (section 6.5). */
  cname(ssrc: number, cname: Uint8Array): this {
    const at = this.length;
    const size = 4 + 4 + Math.ceil((2 + cname.length + 1) / 4) * 4;
    this.#bytes.fill(0, at, at + size);
    this.#header(at, 202, 1, size);
    this.#view.setUint32(at + 4, ssrc);
    this.#bytes[at + 8] = 1;
    this.#bytes[at + 9] = cname.length;
    this.#bytes.set(cname, at + 10);
    this.length = at + size;
    return this;
  }

  /** Adds a goodbye of `ssrc` (section 6.6). */
  bye(ssrc: number): this {
    this.#header(this.length, 203, 1, 8);
    this.#view.setUint32(this.length + 4, ssrc);
    this.length += 8;
    return this;
  }

  #start(type: number, count: number, size: number): void {
    this.#header(0, type, count, size);
    this.length = size;
  }

  #header(at: number, type: number, count: number, size: number): void {
    this.#bytes[at] = 0x80 | count;
    this.#bytes[at + 1] = type;
    this.#view.setUint16(at + 2, size / 4 - 1);
  }
}
