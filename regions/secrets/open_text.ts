import { compactDecrypt, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { SEAL_ALGORITHM, SEAL_ENCRYPTION } from "./seal_text.ts";

/** The longest sealed value, in characters. */
const LONGEST = 16 << 10;

/**
 * Opens what {@linkcode sealText} made.
 *
 * @param keyOf The private part of a key by its id; undefined for one that is unknown.
 * @throws AntiphonError `sealed_unreadable`, which says nothing of what is inside; what `keyOf`
 * throws
 */
export async function openText(
  keyOf: (keyId: string) => Promise<JWK | undefined>,
  sealed: string,
): Promise<string> {
  const keyId = await readable(() => {
    if (sealed.length > LONGEST) throw new RangeError("Too long");
    return decodeProtectedHeader(sealed).kid ?? "";
  });
  // That keys cannot be read just now says nothing about the value.
  const jwk = await keyOf(keyId);
  return await readable(async () => {
    if (!jwk) throw new ReferenceError("No such key");
    const { plaintext } = await compactDecrypt(sealed, await importJWK(jwk, SEAL_ALGORITHM), {
      keyManagementAlgorithms: [SEAL_ALGORITHM],
      contentEncryptionAlgorithms: [SEAL_ENCRYPTION],
    });
    return new TextDecoder("utf-8", { fatal: true }).decode(plaintext);
  });
}

/** @throws AntiphonError `sealed_unreadable` for whatever goes wrong */
async function readable<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const message = "It was not sealed by a key of this tenant, or was changed";
    throw new AntiphonError("sealed_unreadable", message, { cause });
  }
}
