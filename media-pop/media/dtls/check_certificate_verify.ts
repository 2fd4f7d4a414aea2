import { constants, type KeyObject, verify } from "node:crypto";
import { AlertError } from "./alert_error.ts";
import { ByteReader } from "./byte_reader.ts";

/** Signature schemes we ask clients for: ECDSA with P-256, RSA-PSS, RSA PKCS #1, with SHA-256. */
const SCHEMES = new Map([[0x0403, "ec"], [0x0804, "rsa"], [0x0401, "rsa"]]);

/**
 * Checks that the client holds the key of its certificate: its signature over every handshake
 * message so far (RFC 5246 section 7.4.8). Throws `decrypt_error` when it does not.
 */
export function checkCertificateVerify(
  body: Uint8Array,
  key: KeyObject,
  transcript: Uint8Array,
): void {
  const reader = new ByteReader(body);
  const scheme = reader.number(2);
  const signature = reader.vector(2);
  reader.end();
  if (SCHEMES.get(scheme) !== key.asymmetricKeyType) {
    throw new AlertError("illegal_parameter", "The signature scheme does not fit the key");
  }
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const options = scheme === 0x0804 ? { key, ...pss } : key;
  if (!verify("sha256", transcript, options, signature)) {
    throw new AlertError("decrypt_error", "The client does not hold its certificate's key");
  }
}
