import { createHash, timingSafeEqual } from "node:crypto";
import type { Fingerprint } from "./fingerprint.ts";

const HASHES = new Map([["sha-256", "sha256"], ["sha-384", "sha384"], ["sha-512", "sha512"]]);

/**
 * Whether a certificate has one of the signalled fingerprints (RFC 8122 section 6.2). Hashes weaker
 * than SHA-256 never match. Constant time a fingerprint.
 */
export function matchesFingerprint(certificate: Uint8Array, signalled: Fingerprint[]): boolean {
  return signalled.some(({ algorithm, value }) => {
    const hash = HASHES.get(algorithm.toLowerCase());
    if (!hash) return false;
    const digest = createHash(hash).update(certificate).digest();
    const wanted = value.replaceAll(":", "").toLowerCase();
    if (wanted.length !== digest.length * 2 || /[^0-9a-f]/.test(wanted)) return false;
    return timingSafeEqual(digest, Uint8Array.fromHex(wanted));
  });
}
