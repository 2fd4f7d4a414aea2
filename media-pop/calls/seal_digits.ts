import { CompactEncrypt, importJWK } from "jose";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";

/**
 * Seals what a caller typed: compact JWE (RFC 7516 section 3.1) by ECDH-ES+A256KW (RFC 7518 section
 * 4.6) and A256GCM. Rejects for a point that is not on the curve.
 */
export async function sealDigits(digits: string, { keyId, jwk }: SealKey): Promise<string> {
  const alg = "ECDH-ES+A256KW";
  return await new CompactEncrypt(new TextEncoder().encode(digits))
    .setProtectedHeader({ alg, enc: "A256GCM", kid: keyId })
    .encrypt(await importJWK(jwk, alg));
}
