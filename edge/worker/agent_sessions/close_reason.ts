/** Bytes that a close frame has room for besides its code (RFC 6455 section 5.5). */
const ROOM = 123;

/** A close reason cut to what a close frame can carry, never through a character. */
export function closeReason(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= ROOM) return text;
  return new TextDecoder().decode(bytes.subarray(0, ROOM)).replace(/\uFFFD+$/, "");
}
