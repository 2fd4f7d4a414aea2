import { deriveSessionKeys, type SessionKeys } from "./derive_session_keys.ts";
import { PacketIndex } from "./packet_index.ts";

/**
 * Protects what one side sends, by AES_CM_128_HMAC_SHA1_80 (RFC 3711). Packets are protected in
 * place, O(length), without allocation; a buffer needs 10 spare bytes for RTP, 14 for RTCP.
 */
export class SrtpSender {
  readonly #rtp: SessionKeys;
  readonly #rtcp: SessionKeys;
  readonly #sources = new Map<number, PacketIndex>();
  #rtcpIndex = 0;

  constructor(masterKey: Uint8Array, masterSalt: Uint8Array) {
    this.#rtp = deriveSessionKeys(masterKey, masterSalt, "rtp");
    this.#rtcp = deriveSessionKeys(masterKey, masterSalt, "rtcp");
  }

  /**
   * Protects an RTP packet of `length` bytes whose payload starts at `payloadStart`. Returns its
   * new length, or -1 when its index was used before: a keystream must never be used twice.
   */
  protect(packet: Uint8Array, length: number, payloadStart: number): number {
    const { cipher, mac, salt } = this.#rtp;
    const ssrc = packet[8] << 24 | packet[9] << 16 | packet[10] << 8 | packet[11];
    const sequence = packet[2] << 8 | packet[3];
    let index = this.#sources.get(ssrc);
    if (!index) this.#sources.set(ssrc, index = new PacketIndex());
    if (!index.guess(sequence)) return -1;
    index.take();
    const { roc } = index;
    const last = salt[3] ^ (sequence << 16);
    cipher.apply(salt[0], salt[1] ^ ssrc, salt[2] ^ roc, last, packet, payloadStart, length);
    putWord(packet, length, roc);
    mac.update(packet, length + 4);
    for (let i = 0; i < 10; i++) packet[length + i] = mac.digest[i];
    return length + 10;
  }

  /** Protects a compound RTCP packet (section 3.4). Returns its new length. */
  protectRtcp(packet: Uint8Array, length: number): number {
    const { cipher, mac, salt } = this.#rtcp;
    this.#rtcpIndex = (this.#rtcpIndex + 1) & 0x7fffffff;
    const index = this.#rtcpIndex;
    const ssrc = packet[4] << 24 | packet[5] << 16 | packet[6] << 8 | packet[7];
    const [c2, c3] = [salt[2] ^ (index >>> 16), salt[3] ^ (index << 16)];
    cipher.apply(salt[0], salt[1] ^ ssrc, c2, c3, packet, 8, length);
    putWord(packet, length, index | 0x80000000);
    mac.update(packet, length + 4);
    for (let i = 0; i < 10; i++) packet[length + 4 + i] = mac.digest[i];
    return length + 14;
  }
}

function putWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}
