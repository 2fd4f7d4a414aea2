import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { compactDecrypt, CompactEncrypt } from "jose";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Seals secrets before they are stored, and opens them for use. */
export interface Sealer {
  seal(secret: string): Promise<string>;
  open(sealed: string): Promise<string>;
  /** A keyed fingerprint (HMAC-SHA-256, base64url): equal texts match, nothing is revealed. */
  fingerprint(text: string): string;
}

/**
 * Makes a sealer: JWE compact, direct AES-256-GCM (RFC 7516).
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
  const fingerprintKey = createHmac("sha256", bytes).update("antiphon fingerprint").digest();
  return {
    seal: (secret) =>
      new CompactEncrypt(new TextEncoder().encode(secret))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(bytes),
    open: async (sealed) =>
      new TextDecoder().decode((await compactDecrypt(sealed, bytes)).plaintext),
    fingerprint: (text) => createHmac("sha256", fingerprintKey).update(text).digest("base64url"),
  };
}
