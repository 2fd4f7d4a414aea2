import { deriveSessionKeys, type SessionKeys } from "./derive_session_keys.ts";
import type { HmacSha1 } from "./hmac_sha1.ts";
import { PacketIndex } from "./packet_index.ts";

const MOST_SOURCES = 16;

/**
 * Opens what the other side sends, by AES_CM_128_HMAC_SHA1_80 (RFC 3711): authenticity and replay
 * first, then decryption in place. O(length), no allocation. State is kept only for SSRCs that
 * proved authentic, at most 16.
 */
export class SrtpReceiver {
  /** Packets refused because their tag was wrong. */
  forged = 0;
  /** Packets refused because they were seen before, too old, or of one SSRC too many. */
  replayed = 0;
  readonly #rtp: SessionKeys;
  readonly #rtcp: SessionKeys;
  readonly #sources = new Map<number, PacketIndex>();
  readonly #rtcpSources = new Map<number, PacketIndex>();
  #spare = new PacketIndex();

  constructor(masterKey: Uint8Array, masterSalt: Uint8Array) {
    this.#rtp = deriveSessionKeys(masterKey, masterSalt, "rtp");
    this.#rtcp = deriveSessionKeys(masterKey, masterSalt, "rtcp");
  }

  /**
   * Opens an SRTP packet of `length` bytes whose payload starts at `payloadStart`. Returns the
   * length of the plain packet, -1 when it is refused; it is then left as it was.
   */
  open(packet: Uint8Array, length: number, payloadStart: number): number {
    const end = length - 10;
    if (end < payloadStart) return -1;
    const { cipher, mac, salt } = this.#rtp;
    const ssrc = packet[8] << 24 | packet[9] << 16 | packet[10] << 8 | packet[11];
    const sequence = packet[2] << 8 | packet[3];
    const index = this.#sources.get(ssrc) ?? this.#spare;
    if (!index.guess(sequence)) return this.#replay();
    const { roc } = index;
    const tag = packet[end] << 24 | packet[end + 1] << 16 | packet[end + 2] << 8 | packet[end + 3];
    putWord(packet, end, roc);
    mac.update(packet, end + 4);
    putWord(packet, end, tag);
    if (!same(mac, packet, end)) return this.#forgery();
    if (index === this.#spare && !this.#adopt(this.#sources, ssrc)) return this.#replay();
    index.take();
    const last = salt[3] ^ (sequence << 16);
    cipher.apply(salt[0], salt[1] ^ ssrc, salt[2] ^ roc, last, packet, payloadStart, end);
    return end;
  }

  /** Opens an SRTCP packet (section 3.4). Returns the length of the plain packet or -1. */
  openRtcp(packet: Uint8Array, length: number): number {
    const end = length - 14;
    if (end < 8) return -1;
    const { cipher, mac, salt } = this.#rtcp;
    mac.update(packet, end + 4);
    if (!same(mac, packet, end + 4)) return this.#forgery();
    const ssrc = packet[4] << 24 | packet[5] << 16 | packet[6] << 8 | packet[7];
    const high = packet[end] << 8 | packet[end + 1];
    const low = packet[end + 2] << 8 | packet[end + 3];
    const index = this.#rtcpSources.get(ssrc) ?? this.#spare;
    if (!index.guessWhole((high & 0x7fff) * 65536 + low)) return this.#replay();
    if (index === this.#spare && !this.#adopt(this.#rtcpSources, ssrc)) return this.#replay();
    index.take();
    if (high & 0x8000) {
      const [c2, c3] = [salt[2] ^ (high & 0x7fff), salt[3] ^ (low << 16)];
      cipher.apply(salt[0], salt[1] ^ ssrc, c2, c3, packet, 8, end);
    }
    return end;
  }

  #adopt(sources: Map<number, PacketIndex>, ssrc: number): boolean {
    if (sources.size >= MOST_SOURCES) return false;
    sources.set(ssrc, this.#spare);
    this.#spare = new PacketIndex();
    return true;
  }

  #replay(): number {
    this.replayed++;
    return -1;
  }

  #forgery(): number {
    this.forged++;
    return -1;
  }
}

/** Compares the 80-bit tag at `at` in constant time. */
function same(mac: HmacSha1, packet: Uint8Array, at: number): boolean {
  let difference = 0;
  for (let i = 0; i < 10; i++) difference |= mac.digest[i] ^ packet[at + i];
  return difference === 0;
}

function putWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}
