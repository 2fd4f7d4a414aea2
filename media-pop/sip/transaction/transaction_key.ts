import type { SipRequest } from "../message/sip_request.ts";

const COOKIE = "z9hG4bK";

/**
 * What identifies the server transaction of a request (RFC 3261 section 17.2.3); an ACK and a
 * CANCEL name their INVITE when asked for by `method`. Without the magic cookie the older rule
 * applies.
 */
export function transactionKey(request: SipRequest, method = request.method): string {
  const { via } = request;
  const kind = method === "ACK" ? "INVITE" : method;
  if (via.branch?.startsWith(COOKIE) && via.branch.length > COOKIE.length) {
    return `${kind}|${via.branch}|${via.host.toLowerCase()}:${via.port ?? 5060}`;
  }
  const { from, cseq } = request;
  const sender = `${via.host.toLowerCase()}:${via.port ?? 5060};${via.branch ?? ""}`;
  return `2543|${kind}|${request.uri}|${from.tag ?? ""}|${request.callId}|${cseq.number}|${sender}`;
}
