/** Header, encrypted key, initialisation vector, ciphertext and tag (RFC 7516 section 7.1). */
const COMPACT = /^eyJ[\w-]+\.[\w-]+\.[\w-]+\.[\w-]*\.[\w-]+$/;

/** Whether a text has the form of a compact JWE: nothing of what it holds can be read. */
export function isCompactJwe(text: string): boolean {
  return COMPACT.test(text);
}
