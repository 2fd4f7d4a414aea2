import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Cipher suites of TLS 1.2 that a customer's server may agree on, by their IANA numbers and the
 * names that OpenSSL has for them. With TLS 1.3 any suite is fine.
 */
export const TLS12_SUITES: ReadonlyMap<string, number> = new Map([
  ["DHE-RSA-AES128-GCM-SHA256", 0x009e],
  ["ECDHE-RSA-AES128-SHA", 0xc013],
  ["ECDHE-ECDSA-AES128-GCM-SHA256", 0xc02b],
  ["ECDHE-ECDSA-AES256-GCM-SHA384", 0xc02c],
]);

/** What was agreed on in a handshake. */
export interface AgreedTls {
  /** "TLSv1.2", "TLSv1.3". */
  protocol: string | null;
  /** OpenSSL's name. */
  cipher: string;
}

/**
 * Looks at what was agreed on with a customer's server: TLS 1.3, or TLS 1.2 with one of
 * {@linkcode TLS12_SUITES}.
 * @throws AntiphonError `tls_refused` naming both
 */
export function checkTls({ protocol, cipher }: AgreedTls): void {
  if (protocol === "TLSv1.3") return;
  if (protocol === "TLSv1.2" && TLS12_SUITES.has(cipher)) return;
  throw new AntiphonError(
    "tls_refused",
    `Let the server offer TLS 1.3, or TLS 1.2 with ${[...TLS12_SUITES.keys()].join(", ")}`,
    { data: { protocol, cipher } },
  );
}
