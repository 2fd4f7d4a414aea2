import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { compactDecrypt, CompactEncrypt } from "jose";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Seals secrets before they are stored, and opens them for use. */
export interface Sealer {
  seal(secret: string): Promise<string>;
  open(sealed: string): Promise<string>;
  /** Seals bytes; they open only with the same `context`, which is not kept. */
  sealBytes(bytes: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws AntiphonError `sealed_unreadable` with another key or context, or when they were changed */
  openBytes(sealed: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** A keyed fingerprint (HMAC-SHA-256, base64url): equal texts match, nothing is revealed. */
  fingerprint(text: string): string;
}

/** Bytes of a nonce (NIST SP 800-38D section 8.2.2), which stands before what it sealed. */
const NONCE = 12;

/**
 * Makes a sealer: texts as JWE compact, direct AES-256-GCM (RFC 7516), bytes as nonce and AES-256-GCM.
 *
 * @param key 32 bytes as base64url, from `SECRETS_KEY`.
 * @throws AntiphonError `configuration_invalid` for a key of another length
 */
export function createSealer(key: string): Sealer {
  const bytes = new Uint8Array(Buffer.from(key, "base64url"));
  if (bytes.length !== 32) {
    throw new AntiphonError("configuration_invalid", "Set SECRETS_KEY to 32 bytes as base64url");
  }
  // One key, two uses: the fingerprint's is derived, so that neither use helps against the other.
  const derived = (use: string) => createHmac("sha256", bytes).update(`antiphon ${use}`).digest();
  const fingerprintKey = derived("fingerprint");
  const bytesKey = crypto.subtle.importKey(
    "raw",
    new Uint8Array(derived("bytes")),
    "AES-GCM",
    false,
    ["encrypt", "decrypt"],
  );
  const terms = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
    ...{ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(context) },
  });
  return {
    seal: (secret) =>
      new CompactEncrypt(new TextEncoder().encode(secret))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(bytes),
    open: async (sealed) =>
      new TextDecoder().decode((await compactDecrypt(sealed, bytes)).plaintext),
    async sealBytes(plain, context) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
      const sealed = await crypto.subtle.encrypt(terms(nonce, context), await bytesKey, plain);
      const whole = new Uint8Array(NONCE + sealed.byteLength);
      whole.set(nonce);
      whole.set(new Uint8Array(sealed), NONCE);
      return whole;
    },
    async openBytes(sealed, context) {
      const [nonce, rest] = [sealed.subarray(0, NONCE), sealed.subarray(NONCE)];
      try {
        return new Uint8Array(
          await crypto.subtle.decrypt(terms(nonce, context), await bytesKey, rest),
        );
      } catch (cause) {
        throw new AntiphonError("sealed_unreadable", "It was sealed by another key, or changed", {
          cause,
        });
      }
    },
    fingerprint: (text) => createHmac("sha256", fingerprintKey).update(text).digest("base64url"),
  };
}
