import { malformed } from "./malformed.ts";
import { type Params, parseParams } from "./parse_params.ts";

/** A sip, sips or tel URI (RFC 3261 section 19.1, RFC 3966). */
export interface SipUri {
  readonly scheme: "sip" | "sips" | "tel";
  /** Percent-decoded where that is possible; the number of a tel URI; "" if absent. */
  readonly user: string;
  /** Name, IPv4 address or bracketed IPv6 address; "" for tel. */
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
  /** What follows "?", undefined if there is none. */
  readonly headers: string | undefined;
}

const HOST = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]+)$/;

/**
 * Parses a URI.
 *
 * @throws sip_malformed with status 416 for any other scheme, 400 for a broken URI
 */
export function parseUri(text: string): SipUri {
  const colon = text.indexOf(":");
  const scheme = text.substring(0, Math.max(0, colon)).toLowerCase();
  if (scheme !== "sip" && scheme !== "sips" && scheme !== "tel") {
    throw malformed("Unsupported URI Scheme", 416);
  }
  if (/[\s<>"]/.test(text)) throw malformed("Malformed URI");
  if (scheme === "tel") return tel(text.substring(4));
  const at = text.indexOf("@", colon);
  let rest = text.substring((at < 0 ? colon : at) + 1);
  const question = rest.indexOf("?");
  const headers = question < 0 ? undefined : rest.substring(question + 1);
  if (question >= 0) rest = rest.substring(0, question);
  const semicolon = rest.indexOf(";");
  const params = semicolon < 0 ? "" : rest.substring(semicolon);
  const [host, port] = hostPort(semicolon < 0 ? rest : rest.substring(0, semicolon));
  const userinfo = at < 0 ? "" : text.substring(colon + 1, at);
  const secret = userinfo.indexOf(":");
  const user = decoded(secret < 0 ? userinfo : userinfo.substring(0, secret));
  return { scheme, user, host, port, params: parseParams(params), headers };
}

function tel(rest: string): SipUri {
  const semicolon = rest.indexOf(";");
  const user = semicolon < 0 ? rest : rest.substring(0, semicolon);
  if (!/^\+?[0-9A-Fa-f*#().\-]+$/.test(user)) throw malformed("Malformed URI");
  const params = parseParams(semicolon < 0 ? "" : rest.substring(semicolon));
  return { scheme: "tel", user, host: "", port: undefined, params, headers: undefined };
}

function hostPort(text: string): [string, number | undefined] {
  const bracket = text.lastIndexOf("]");
  const colon = text.indexOf(":", bracket + 1);
  const host = colon < 0 ? text : text.substring(0, colon);
  if (!HOST.test(host)) throw malformed("Malformed URI");
  if (colon < 0) return [host, undefined];
  const digits = text.substring(colon + 1);
  const port = Number(digits);
  if (!/^\d{1,5}$/.test(digits) || port === 0 || port > 65535) throw malformed("Malformed URI");
  return [host, port];
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
