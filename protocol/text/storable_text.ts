/**
 * Takes out what a database cannot hold as text: NUL characters, and surrogates without their
 * partner, which become U+FFFD (PostgreSQL manual section 8.14; ECMA-262 `toWellFormed`).
 */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    "\uFFFD",
  );
}
