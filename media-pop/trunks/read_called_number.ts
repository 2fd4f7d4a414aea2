/**
 * Finds the platform's number that a request URI's user part (RFC 3261 section 19.1.1, RFC 3966)
 * means: as it stands, with an international prefix "00" or "011", or with the plus left out.
 * Null if `known` has none of these.
 */
export function readCalledNumber(user: string, known: (number: string) => boolean): string | null {
  const digits = user.split(";")[0].replace(/[\s().-]/g, "");
  const candidates = digits.startsWith("+")
    ? [digits]
    : [digits.replace(/^00/, "+"), digits.replace(/^011/, "+"), `+${digits}`];
  return candidates.find((number) => /^\+[1-9][0-9]{2,14}$/.test(number) && known(number)) ?? null;
}
