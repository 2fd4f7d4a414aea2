import { headerName } from "./header_name.ts";
import type { Refusal } from "./refusal.ts";
import { SipRequest } from "./sip_request.ts";
import { SipResponse } from "./sip_response.ts";
import { TOKEN_PATTERN } from "./token_pattern.ts";

/** What {@linkcode parseHead} found. */
export interface ParsedHead {
  /** Undefined when the first line is no SIP at all: nothing to answer. */
  readonly message: SipRequest | SipResponse | undefined;
  /** The first fault; what could be read is in the message all the same, for the answer. */
  readonly problem: Refusal | undefined;
}

const MOST_HEADERS = 256;
const LONGEST_VALUE = 8192;

/**
 * Reads a start line and header fields (RFC 3261 section 7), without the empty line that ends
 * them. Folded lines are joined by one space. Takes time linear in the length of the text.
 */
export function parseHead(head: string): ParsedHead {
  const lines = head.split("\r\n");
  let problem: Refusal | undefined;
  const fault = (reason: string, status = 400) => problem ??= { status, reason };
  const message = lines[0].startsWith("SIP/") ? statusLine(lines[0]) : requestLine(lines[0], fault);
  if (message === undefined) return { message, problem };
  for (let i = 1; i < lines.length; i++) {
    let line = lines[i];
    if (line === "") continue;
    if (i + 1 < lines.length && folds(lines[i + 1])) {
      const parts = [line.trimEnd()];
      while (i + 1 < lines.length && folds(lines[i + 1])) parts.push(lines[++i].trim());
      line = parts.join(" ");
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? "" : line.substring(0, colon).trimEnd();
    const value = line.substring(colon + 1).trim();
    if (!TOKEN_PATTERN.test(name)) fault("Malformed Header Field");
    else if (value.length > LONGEST_VALUE) fault("Header Field Too Long");
    else if (message.names.length >= MOST_HEADERS) fault("Too Many Header Fields");
    else {
      if (value.includes("\n") || value.includes("\r")) fault("Bare Line Break");
      message.names.push(headerName(name));
      message.values.push(value);
    }
  }
  return { message, problem };
}

function folds(line: string): boolean {
  const c = line.charCodeAt(0);
  return c === 32 || c === 9;
}

function statusLine(line: string): SipResponse | undefined {
  if (!/^SIP\/2\.0 [1-6]\d\d( |$)/i.test(line)) return undefined;
  return new SipResponse(Number(line.substring(8, 11)), line.substring(12));
}

type Fault = (reason: string, status?: number) => unknown;

function requestLine(line: string, fault: Fault): SipRequest | undefined {
  const first = line.indexOf(" "), last = line.lastIndexOf(" ");
  const method = line.substring(0, first);
  if (first <= 0 || last <= first || !TOKEN_PATTERN.test(method)) {
    // trailing space or missing version: answerable only if a method can be told
    if (first <= 0 || !TOKEN_PATTERN.test(method)) return undefined;
    fault("Malformed Request Line");
    return new SipRequest(method, line.substring(first + 1));
  }
  const uri = line.substring(first + 1, last);
  const version = line.substring(last + 1).toUpperCase();
  if (version !== "SIP/2.0") {
    if (/^SIP\/\d{1,3}\.\d{1,3}$/.test(version)) fault("Version Not Supported", 505);
    else fault("Malformed Request Line");
  }
  if (uri === "" || /[\s<>"]/.test(uri)) fault("Malformed Request-URI");
  return new SipRequest(method, uri);
}
