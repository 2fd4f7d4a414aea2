import { malformed } from "./malformed.ts";
import { type Params, parseParams } from "./parse_params.ts";

/** A name-addr or addr-spec with its header parameters (RFC 3261 section 20.10). */
export interface NameAddr {
  /** Unquoted display name, "" if there is none. */
  readonly display: string;
  /** As it stood between the angle brackets. */
  readonly uri: string;
  readonly params: Params;
  /** The tag parameter of From and To. */
  readonly tag: string | undefined;
}

const BARE_DISPLAY = /^[A-Za-z0-9\-.!%*_+`'~ \t]+$/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*:./;

/**
 * Parses the value of From, To, Contact, Route, P-Asserted-Identity … one element at a time.
 *
 * @throws sip_malformed
 */
export function parseNameAddr(text: string): NameAddr {
  const value = text.trim();
  let display = "", open = -1;
  if (value.startsWith('"')) {
    const close = quoteEnd(value);
    display = value.substring(1, close).replace(/\\(.)/gs, "$1");
    open = value.indexOf("<", close + 1);
    if (open < 0 || value.substring(close + 1, open).trim() !== "") {
      throw malformed("Malformed Display Name");
    }
  } else {
    open = value.indexOf("<");
    display = open > 0 ? value.substring(0, open).trim() : "";
    if (display !== "" && !BARE_DISPLAY.test(display)) throw malformed("Unquoted Display Name");
  }
  return open < 0 ? addrSpec(value) : nameAddr(value, display, open);
}

function nameAddr(value: string, display: string, open: number): NameAddr {
  const close = value.indexOf(">", open);
  if (close < 0) throw malformed("Unbalanced Angle Bracket");
  const uri = value.substring(open + 1, close);
  const rest = value.substring(close + 1).trim();
  if (rest !== "" && !rest.startsWith(";")) throw malformed("Malformed Address");
  return made(display, uri, rest);
}

function addrSpec(value: string): NameAddr {
  const semicolon = value.indexOf(";");
  const uri = (semicolon < 0 ? value : value.substring(0, semicolon)).trim();
  if (/[?,]/.test(uri)) throw malformed("Address Needs Angle Brackets");
  return made("", uri, semicolon < 0 ? "" : value.substring(semicolon));
}

function made(display: string, uri: string, rest: string): NameAddr {
  if (/[\s<>"]/.test(uri) || !SCHEME.test(uri)) throw malformed("Malformed Address");
  const params = parseParams(rest);
  return { display, uri, params, tag: params.get("tag") ?? undefined };
}

function quoteEnd(value: string): number {
  let at = 1;
  while (at < value.length && value.charCodeAt(at) !== 34) {
    at += value.charCodeAt(at) === 92 ? 2 : 1;
  }
  if (at >= value.length) throw malformed("Unterminated Quoted String");
  return at;
}
