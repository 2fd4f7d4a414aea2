/** Reads a decimal number ("12", "-0.5", "1e3"); `undefined` if the text is none. */
export function readNumber(text: string): number | undefined {
  if (text.length > 64) return undefined;
  const trimmed = text.trim();
  if (!/^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}
