const COMPACT: Record<string, string> = {
  a: "accept-contact",
  b: "referred-by",
  c: "content-type",
  d: "request-disposition",
  e: "content-encoding",
  f: "from",
  i: "call-id",
  j: "reject-contact",
  k: "supported",
  l: "content-length",
  m: "contact",
  n: "identity-info",
  o: "event",
  r: "refer-to",
  s: "subject",
  t: "to",
  u: "allow-events",
  v: "via",
  x: "session-expires",
  y: "identity",
};

const USUAL = "Via From To Call-ID CSeq Contact Max-Forwards Content-Type Content-Length Route " +
  "Record-Route Allow Supported User-Agent Server Expires Require Session-Expires Min-SE Accept " +
  "P-Asserted-Identity Privacy Reason Diversion Date Subject Retry-After Identity History-Info";

const KNOWN = new Map<string, string>(
  USUAL.split(" ").flatMap((name) => {
    const lower = name.toLowerCase();
    return [[name, lower], [lower, lower]];
  }),
);
for (const [short, name] of Object.entries(COMPACT)) {
  KNOWN.set(short, name).set(short.toUpperCase(), name);
}

/**
 * The one name of a header field: lower case, compact forms expanded (RFC 3261 section 7.3.3 and
 * the compact forms registered since). The usual spellings cost one map look-up.
 */
export function headerName(spelled: string): string {
  return KNOWN.get(spelled) ?? spelled.toLowerCase();
}
