import { CompactEncrypt, importJWK } from "jose";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";

/** How sensitive values are sealed: key agreement (RFC 7518 section 4.6) and content encryption. */
export const SEAL_ALGORITHM = "ECDH-ES+A256KW";
export const SEAL_ENCRYPTION = "A256GCM";

/**
 * Seals a text for whoever has the private part of a tenant's key: compact JWE (RFC 7516).
 * @throws AntiphonError `configuration_invalid` for a key that is none
 */
export async function sealText({ keyId, jwk }: SealKey, text: string): Promise<string> {
  try {
    return await new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: SEAL_ALGORITHM, enc: SEAL_ENCRYPTION, kid: keyId })
      .encrypt(await importJWK(jwk, SEAL_ALGORITHM));
  } catch (cause) {
    throw new AntiphonError("configuration_invalid", "The key is not a point of P-256", { cause });
  }
}
