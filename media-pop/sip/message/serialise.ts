import { malformed } from "./malformed.ts";
import type { HeaderFields } from "./header_fields.ts";
import { TOKEN_PATTERN } from "./token_pattern.ts";

const encoder = new TextEncoder();
const EMPTY = new Uint8Array(0);

/**
 * Writes a message: start line, header fields, Content-Length, body (RFC 3261 section 7).
 *
 * @throws sip_malformed when a name is no token or a part would break the line
 */
export function serialise(
  startLine: string,
  headers: HeaderFields,
  body: Uint8Array | string = EMPTY,
): Uint8Array {
  const octets = typeof body === "string" ? encoder.encode(body) : body;
  let head = `${unbroken(startLine)}\r\n`;
  for (const [name, value] of headers) {
    if (!TOKEN_PATTERN.test(name)) throw malformed("Malformed Header Field");
    head += `${name}: ${unbroken(value)}\r\n`;
  }
  const top = encoder.encode(`${head}Content-Length: ${octets.length}\r\n\r\n`);
  if (octets.length === 0) return top;
  const message = new Uint8Array(top.length + octets.length);
  message.set(top);
  message.set(octets, top.length);
  return message;
}

function unbroken(text: string): string {
  if (text.includes("\r") || text.includes("\n")) throw malformed("Line Break In Header Field");
  return text;
}
