import { failed } from "./failed.ts";

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * A formatter of a language (BCP 47) and IANA time zone, Gregorian with Latin digits. Making one is
 * slow, so that the last 64 are kept. Throws `expression_failed` for an unknown language or zone.
 * O(1).
 */
export function dateFormatter(
  language: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, timeZone, options]);
  let formatter = formatters.get(key);
  if (formatter) return formatter;
  try {
    formatter = new Intl.DateTimeFormat(language, {
      ...options,
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
    });
  } catch {
    throw failed("Name a language such as en-US and a time zone such as Europe/Berlin");
  }
  if (formatters.size >= 64) formatters.delete(formatters.keys().next().value!);
  formatters.set(key, formatter);
  return formatter;
}
