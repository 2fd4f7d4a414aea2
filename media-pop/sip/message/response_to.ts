import type { HeaderFields } from "./header_fields.ts";
import { reasonPhrase } from "./reason_phrase.ts";
import { serialise } from "./serialise.ts";
import type { SipRequest } from "./sip_request.ts";

/** What a response adds to what it copies from the request. */
export interface ResponseParts {
  readonly reason?: string;
  /** Added to To unless the request's To has a tag already. */
  readonly toTag?: string;
  readonly headers?: HeaderFields;
  readonly body?: string;
}

const COPIED: Record<string, string> = {
  "via": "Via",
  "from": "From",
  "to": "To",
  "call-id": "Call-ID",
  "cseq": "CSeq",
};
const ROUTED = /^(18\d|2\d\d)$/;

/**
 * Writes the response to a request (RFC 3261 section 8.2.6): Via, From, To, Call-ID and CSeq are
 * copied, Record-Route too where a dialog may arise (section 12.1.1). Works on requests that did
 * not pass validation.
 */
export function responseTo(
  request: SipRequest,
  status: number,
  parts: ResponseParts = {},
): Uint8Array {
  const headers: (readonly [string, string])[] = [];
  const dialog = ROUTED.test(String(status));
  for (let i = 0; i < request.names.length; i++) {
    const name = request.names[i];
    const value = request.values[i].replace(/[\r\n]+/g, " ");
    if (name === "to" && parts.toTag !== undefined && !hasTag(value)) {
      headers.push(["To", `${value};tag=${parts.toTag}`]);
    } else if (Object.hasOwn(COPIED, name)) headers.push([COPIED[name], value]);
    else if (name === "record-route" && dialog) headers.push(["Record-Route", value]);
  }
  if (parts.headers !== undefined) headers.push(...parts.headers);
  const reason = (parts.reason ?? reasonPhrase(status)).replace(/[\r\n]+/g, " ");
  return serialise(`SIP/2.0 ${status} ${reason}`, headers, parts.body);
}

function hasTag(to: string): boolean {
  const close = to.lastIndexOf(">");
  return /;\s*tag\s*=/i.test(close < 0 ? to : to.substring(close));
}
