import { headEnd } from "./head_end.ts";
import { parseHead } from "./parse_head.ts";
import type { Refusal } from "./refusal.ts";
import type { SipRequest } from "./sip_request.ts";
import type { SipResponse } from "./sip_response.ts";
import { validateMessage } from "./validate_message.ts";

/** A datagram or frame, read. */
export type ParsedMessage =
  | { readonly kind: "request"; readonly message: SipRequest; readonly problem?: Refusal }
  | { readonly kind: "response"; readonly message: SipResponse }
  /** CRLFs only (RFC 5626 section 3.5.1) or nothing. */
  | { readonly kind: "keep_alive"; readonly ping: boolean }
  /** Not SIP, or a broken response: to be dropped. */
  | { readonly kind: "garbage" };

const CR = 13, LF = 10;
const LONGEST_HEAD = 32_768;
const utf8 = new TextDecoder("utf-8", { fatal: true });
const latin1 = new TextDecoder("latin1");

/**
 * Reads one datagram (RFC 3261 sections 7 and 18.3). Never throws. The body is copied, so that
 * the buffer may be used again.
 */
export function parseMessage(bytes: Uint8Array): ParsedMessage {
  let start = 0;
  while (start < bytes.length && (bytes[start] === CR || bytes[start] === LF)) start++;
  if (start === bytes.length) return { kind: "keep_alive", ping: start >= 4 };
  const end = headEnd(bytes, start);
  const head = decodeHead(bytes.subarray(start, end < 0 ? bytes.length : end));
  const { message, problem: fault } = parseHead(head);
  if (message === undefined) return { kind: "garbage" };
  let problem = fault;
  const from = end < 0 ? bytes.length : end + 4;
  const length = message.get("content-length");
  if (length === undefined) message.body = bytes.slice(from);
  else if (!/^\d{1,9}$/.test(length)) {
    problem ??= { status: 400, reason: "Malformed Content-Length" };
  } else if (Number(length) > bytes.length - from) {
    problem ??= { status: 400, reason: "Content-Length Exceeds Datagram" };
  } else if (Number(length) > 0) message.body = bytes.slice(from, from + Number(length));
  if (head.length > LONGEST_HEAD) problem ??= { status: 513, reason: "Message Too Large" };
  problem ??= validateMessage(message);
  if ("method" in message) return { kind: "request", message, problem };
  return problem === undefined ? { kind: "response", message } : { kind: "garbage" };
}

/** UTF-8 as the standard demands; Latin-1 for the elements that do not know. */
function decodeHead(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return latin1.decode(bytes);
    throw error;
  }
}
