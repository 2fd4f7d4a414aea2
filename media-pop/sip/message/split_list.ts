const COMMA = 44, QUOTE = 34, BACKSLASH = 92, LESS = 60, GREATER = 62;

/**
 * Splits a header value at the commas that stand outside quoted strings and angle brackets
 * (RFC 3261 section 7.3.1). Elements are trimmed; empty ones are kept, so that callers may refuse.
 */
export function splitList(value: string): string[] {
  if (value.indexOf(",") < 0) return [value.trim()];
  const elements: string[] = [];
  let quoted = false, depth = 0, start = 0;
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    if (quoted) {
      if (c === BACKSLASH) i++;
      else if (c === QUOTE) quoted = false;
    } else if (c === QUOTE) quoted = true;
    else if (c === LESS) depth++;
    else if (c === GREATER) depth--;
    else if (c === COMMA && depth <= 0) {
      elements.push(value.substring(start, i).trim());
      start = i + 1;
    }
  }
  elements.push(value.substring(start).trim());
  return elements;
}
