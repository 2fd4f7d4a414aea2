import { parseNameAddr } from "./parse_name_addr.ts";
import { parseUri } from "./parse_uri.ts";
import type { Refusal } from "./refusal.ts";
import { refusalOf } from "./refusal_of.ts";
import type { SipMessage } from "./sip_message.ts";
import { SipRequest } from "./sip_request.ts";

const SINGLE = [
  "call-id",
  "cseq",
  "from",
  "to",
  "max-forwards",
  "content-length",
  "content-type",
];
const NEEDED = ["call-id", "cseq", "from", "to", "via"];

/**
 * Checks what every message must have (RFC 3261 sections 8.1.1 and 16.3, with the outcomes of
 * RFC 4475). Undefined when the message is sound; after that the structured getters of the
 * message do not throw.
 */
export function validateMessage(message: SipMessage): Refusal | undefined {
  for (const name of SINGLE) {
    const first = message.names.indexOf(name);
    if (first >= 0 && message.names.indexOf(name, first + 1) >= 0) {
      return refuse(`Repeated ${name}`);
    }
  }
  for (const name of NEEDED) {
    if (!message.names.includes(name)) return refuse(`Missing ${name}`);
  }
  try {
    const { via: _via, from, to: _to, cseq } = message;
    if (message.callId === "" || /\s/.test(message.callId)) return refuse("Malformed Call-ID");
    for (const contact of message.list("contact")) {
      if (contact !== "*") parseNameAddr(contact);
    }
    for (const name of ["route", "record-route"]) message.list(name).forEach(parseNameAddr);
    if (!scalar(message.get("max-forwards"), 255)) return refuse("Malformed Max-Forwards");
    if (!scalar(message.get("expires"), 2 ** 32 - 1)) return refuse("Malformed Expires");
    if (message instanceof SipRequest) {
      if (cseq.method !== message.method) return refuse("CSeq Method Mismatch");
      if (from.tag === "") return refuse("Empty Tag");
      if (parseUri(message.uri).headers !== undefined) return refuse("Headers In Request-URI");
    }
  } catch (error) {
    return refusalOf(error);
  }
  return undefined;
}

function refuse(reason: string): Refusal {
  return { status: 400, reason };
}

function scalar(text: string | undefined, most: number): boolean {
  return text === undefined || (/^\d{1,20}$/.test(text) && Number(text) <= most);
}
