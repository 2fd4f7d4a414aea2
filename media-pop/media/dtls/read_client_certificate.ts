import { type KeyObject, X509Certificate } from "node:crypto";
import { AlertError } from "./alert_error.ts";
import { ByteReader } from "./byte_reader.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { matchesFingerprint } from "./matches_fingerprint.ts";

/**
 * The public key of the client's certificate, from a Certificate message. A client without one, or
 * with one whose fingerprint was not signalled, is refused with `bad_certificate`.
 */
export function readClientCertificate(body: Uint8Array, signalled: Fingerprint[]): KeyObject {
  const reader = new ByteReader(body);
  const list = new ByteReader(reader.vector(3));
  reader.end();
  if (list.rest === 0) throw new AlertError("bad_certificate", "The client has no certificate");
  const certificate = list.vector(3);
  if (!matchesFingerprint(certificate, signalled)) {
    throw new AlertError("bad_certificate", "The certificate is not the one signalled");
  }
  try {
    return new X509Certificate(certificate).publicKey;
  } catch (cause) {
    throw new AlertError("bad_certificate", `The certificate cannot be read: ${cause}`);
  }
}
