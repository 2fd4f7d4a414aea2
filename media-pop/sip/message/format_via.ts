import type { Via } from "./parse_via.ts";

/** The text of a Via element (RFC 3261 section 20.42), with parameters changed or added. */
export function formatVia(via: Via, changed: Record<string, string> = {}): string {
  let text = `SIP/2.0/${via.transport} ${via.host}${via.port === undefined ? "" : `:${via.port}`}`;
  const params = new Map(via.params);
  for (const [name, value] of Object.entries(changed)) params.set(name, value);
  for (const [name, value] of params) text += value === null ? `;${name}` : `;${name}=${value}`;
  return text;
}
