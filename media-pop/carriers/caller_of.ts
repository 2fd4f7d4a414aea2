import { parseNameAddr } from "../sip/message/parse_name_addr.ts";
import { parseUri } from "../sip/message/parse_uri.ts";
import type { SipRequest } from "../sip/message/sip_request.ts";
import { readCaller } from "../trunks/read_caller.ts";

/**
 * Who calls: the identity the carrier asserts (P-Asserted-Identity, RFC 3325), else From. A caller
 * who withholds the number in From stays anonymous unless the carrier asserts one and does not ask
 * for privacy (RFC 3323).
 */
export function callerOf(request: SipRequest): string {
  const isPrivate = /\b(id|user|header)\b/.test(request.get("privacy")?.toLowerCase() ?? "");
  for (const text of isPrivate ? [] : request.list("p-asserted-identity")) {
    const user = userOf(() => parseNameAddr(text).uri);
    if (user) return readCaller(user);
  }
  return readCaller(isPrivate ? null : userOf(() => request.from.uri));
}

function userOf(uri: () => string): string | null {
  try {
    return parseUri(uri()).user || null;
  } catch {
    // A header that cannot be read names nobody.
    return null;
  }
}
