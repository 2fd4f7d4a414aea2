import { parseMessage } from "../sip/message/parse_message.ts";
import type { SipRequest } from "../sip/message/sip_request.ts";

/** A request with these header lines besides the usual ones; for tests. */
export function sipRequest(
  headers: string[],
  { method = "INVITE", from = "<sip:+49151@carrier.example>;tag=1", to = "<sip:x@pop.example>" } =
    {},
): SipRequest {
  const text = [
    `${method} sip:+4969900100@127.0.0.1 SIP/2.0`,
    "Via: SIP/2.0/UDP 127.0.1.1:5060;branch=z9hG4bKtest",
    `From: ${from}`,
    `To: ${to}`,
    "Call-ID: test",
    `CSeq: 1 ${method}`,
    "Max-Forwards: 70",
    ...headers,
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
  const parsed = parseMessage(new TextEncoder().encode(text));
  if (parsed.kind !== "request") throw new Error("the test's request is broken");
  return parsed.message;
}
