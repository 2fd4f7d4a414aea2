/**
 * A contact's address for reading: E.164 numbers in groups of three after the first two digits,
 * everything else as it is.
 */
export function contactLabel(contact: string): string {
  const digits = /^\+?([1-9][0-9]{6,14})$/.exec(contact)?.[1];
  if (!digits) return contact;
  return `+${digits.slice(0, 2)} ${digits.slice(2).replace(/(\d{3})(?=\d)/g, "$1 ")}`;
}
