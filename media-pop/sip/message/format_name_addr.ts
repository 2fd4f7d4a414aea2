import { parseUri } from "./parse_uri.ts";

/**
 * Writes a name-addr (RFC 3261 section 20.10): `"Display" <uri>`, without the name if it is "".
 *
 * @throws sip_malformed when the URI is broken
 */
export function formatNameAddr(display: string, uri: string): string {
  parseUri(uri);
  if (display === "") return `<${uri}>`;
  return `"${display.replace(/[\r\n]+/g, " ").replace(/["\\]/g, "\\$&")}" <${uri}>`;
}
