import { Aes128Counter } from "./aes128_counter.ts";
import { HmacSha1 } from "./hmac_sha1.ts";

/** The session keys of one direction, ready to use: for RTP or for RTCP. */
export interface SessionKeys {
  cipher: Aes128Counter;
  mac: HmacSha1;
  /** Session salt as four words, the last 16 bits zero. */
  salt: Uint32Array;
}

/**
 * Derives session keys of AES_CM_128_HMAC_SHA1_80 (RFC 3711 section 4.3, key derivation rate 0).
 * `masterKey` is 16 bytes, `masterSalt` 14. Labels 0, 1, 2 are RTP's, 3, 4, 5 RTCP's.
 */
export function deriveSessionKeys(
  masterKey: Uint8Array,
  masterSalt: Uint8Array,
  kind: "rtp" | "rtcp",
): SessionKeys {
  const label = kind === "rtp" ? 0 : 3;
  const padded = new Uint8Array(16);
  padded.set(derive(masterKey, masterSalt, label + 2, 14));
  const view = new DataView(padded.buffer);
  return {
    cipher: new Aes128Counter(derive(masterKey, masterSalt, label, 16)),
    mac: new HmacSha1(derive(masterKey, masterSalt, label + 1, 20)),
    salt: Uint32Array.from([0, 4, 8, 12], (at) => view.getUint32(at)),
  };
}

/** One session key: the keystream of the master key at salt XOR label. */
export function derive(
  masterKey: Uint8Array,
  masterSalt: Uint8Array,
  label: number,
  size: number,
): Uint8Array {
  const iv = new Uint8Array(16);
  iv.set(masterSalt);
  iv[7] ^= label;
  const view = new DataView(iv.buffer);
  const out = new Uint8Array(size);
  const [c0, c1, c2, c3] = [0, 4, 8, 12].map((at) => view.getUint32(at));
  new Aes128Counter(masterKey).apply(c0, c1, c2, c3, out, 0, size);
  return out;
}
