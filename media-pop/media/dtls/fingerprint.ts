/** A certificate fingerprint as signalled (RFC 8122 section 5, mediasoup's `DtlsFingerprint`). */
export interface Fingerprint {
  algorithm: string;
  /** Hexadecimal pairs, colons between. */
  value: string;
}
