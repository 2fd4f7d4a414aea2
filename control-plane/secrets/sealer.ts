import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { compactDecrypt, CompactEncrypt } from "jose";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Keeps secrets unreadable in the database. */
export interface Sealer {
  /** Encrypts to a JWE in compact form (RFC 7516), direct AES-256-GCM. */
  seal(secret: string): Promise<string>;
  /** Decrypts what `seal` made. Rejects if the key is another one or the text was changed. */
  open(sealed: string): Promise<string>;
  /** A keyed fingerprint (HMAC-SHA-256, base64url): equal texts match, nothing is revealed. */
  fingerprint(text: string): string;
}

/**
 * Makes a {@linkcode Sealer}.
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
    open: async (sealed) => {
      const options = {
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
      };
      return new TextDecoder().decode((await compactDecrypt(sealed, bytes, options)).plaintext);
    },
    fingerprint: (text) => createHmac("sha256", fingerprintKey).update(text).digest("base64url"),
  };
}
