import { malformed } from "./malformed.ts";

/** Parameters of a header value or URI: lower-case names; `null` where there is no value. */
export type Params = ReadonlyMap<string, string | null>;

const SEMICOLON = 59, EQUALS = 61, QUOTE = 34, BACKSLASH = 92;
const NONE: Params = new Map();

/**
 * Parses `;name=value;flag` (RFC 3261 section 25.1, generic-param). Values keep their quotes. A
 * repeated name keeps its first value.
 *
 * @param strict refuses empty parameters (";;"), which are otherwise skipped
 * @throws sip_malformed
 */
export function parseParams(text: string, strict = false): Params {
  if (text === "") return NONE;
  const params = new Map<string, string | null>();
  const end = text.length;
  let at = space(text, 0);
  while (at < end) {
    if (text.charCodeAt(at) !== SEMICOLON) throw malformed("Malformed Parameters");
    at = space(text, at + 1);
    const from = at;
    while (at < end && !stops(text.charCodeAt(at), EQUALS)) at++;
    const name = text.substring(from, at).toLowerCase();
    if (name === "") {
      if (strict || (at < end && text.charCodeAt(at) !== SEMICOLON)) {
        throw malformed("Empty Parameter");
      }
      continue;
    }
    at = space(text, at);
    let value: string | null = null;
    if (text.charCodeAt(at) === EQUALS) {
      const first = space(text, at + 1);
      at = valueEnd(text, first);
      value = text.substring(first, at);
    }
    if (!params.has(name)) params.set(name, value);
    at = space(text, at);
  }
  return params;
}

function valueEnd(text: string, from: number): number {
  let at = from;
  if (text.charCodeAt(at) === QUOTE) {
    at++;
    while (at < text.length && text.charCodeAt(at) !== QUOTE) {
      at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    }
    if (at >= text.length) throw malformed("Unterminated Quoted String");
    return at + 1;
  }
  while (at < text.length && !stops(text.charCodeAt(at), SEMICOLON)) at++;
  return at;
}

function stops(c: number, also: number): boolean {
  return c === SEMICOLON || c === also || c === 32 || c === 9;
}

function space(text: string, at: number): number {
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return at;
}
