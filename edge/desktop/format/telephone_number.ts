const TWO_DIGIT = new Set([
  "20",
  "27",
  "30",
  "31",
  "32",
  "33",
  "34",
  "36",
  "39",
  "40",
  "41",
  "43",
  "44",
  "45",
  "46",
  "47",
  "48",
  "49",
  "51",
  "52",
  "53",
  "54",
  "55",
  "56",
  "57",
  "58",
  "60",
  "61",
  "62",
  "63",
  "64",
  "65",
  "66",
  "81",
  "82",
  "84",
  "86",
  "90",
  "91",
  "92",
  "93",
  "94",
  "95",
  "98",
]);

/**
 * Groups an E.164 number for reading, after E.123: country code, then groups of three, the last of
 * two to four ("+49 699 002 00"). Anything else is handed back as it is; a bare run of digits, as
 * messaging channels use it, counts as a number without its plus.
 */
export function telephoneNumber(text: string): string {
  const digits = /^\+?([1-9][0-9]{6,14})$/.exec(text)?.[1];
  if (!digits) return text;
  const country = digits[0] === "1" || digits[0] === "7"
    ? 1
    : TWO_DIGIT.has(digits.slice(0, 2))
    ? 2
    : 3;
  const rest = digits.slice(country);
  const groups: string[] = [];
  for (let at = 0; at < rest.length;) {
    const left = rest.length - at;
    const size = left <= 4 ? left : 3;
    groups.push(rest.slice(at, at + size));
    at += size;
  }
  return `+${digits.slice(0, country)} ${groups.join(" ")}`;
}
