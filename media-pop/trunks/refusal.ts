/** Why a call is not taken in; the label of `antiphon_calls_refused_total`. */
export type RefusalReason = keyof typeof REFUSALS;

/** How a refusal reads on the wire. */
export interface Refusal {
  /** SIP status (RFC 3261 section 21). */
  status: number;
  phrase: string;
  /** ITU-T Q.850 cause for the Reason header (RFC 3326, RFC 6432). */
  q850: number;
  text: string;
  /** Seconds for Retry-After (RFC 3261 section 20.33). */
  retryAfter?: number;
  /** Warning header value after the code (RFC 3261 section 20.43). */
  warning?: { code: number; text: string };
}

/** Every refusal of a new call. What a number belongs to is not revealed to other trunks: 404. */
export const REFUSALS = {
  unknown_source: { status: 403, phrase: "Forbidden", q850: 21, text: "source not allowed" },
  unknown_number: { status: 404, phrase: "Not Found", q850: 1, text: "unallocated number" },
  other_tenant: { status: 404, phrase: "Not Found", q850: 1, text: "unallocated number" },
  tenant_suspended: { status: 403, phrase: "Forbidden", q850: 21, text: "service suspended" },
  max_calls: {
    status: 503,
    phrase: "Service Unavailable",
    q850: 34,
    text: "trunk is full",
    retryAfter: 5,
  },
  calls_per_second: {
    status: 503,
    phrase: "Service Unavailable",
    q850: 42,
    text: "too many calls a second",
    retryAfter: 1,
  },
  no_common_codec: {
    status: 488,
    phrase: "Not Acceptable Here",
    q850: 88,
    text: "no common codec",
    warning: { code: 305, text: "Offer PCMA or PCMU over RTP/AVP" },
  },
  malformed_offer: {
    status: 400,
    phrase: "Malformed Session Description",
    q850: 100,
    text: "malformed offer",
  },
} as const satisfies Record<string, Refusal>;
