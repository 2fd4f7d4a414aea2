import { dateFormatter } from "./date_formatter.ts";
import type { DateValue } from "./date_value.ts";
import { failed } from "./failed.ts";

/** Runs of one letter, quoted text ('' is one quote), or anything else. */
const TOKEN = /([A-Za-z])\1*|'((?:[^']|'')*)'|[^A-Za-z']+/g;

/** How long a run of each letter may be. */
const LETTERS: Readonly<Record<string, number>> = {
  y: 4,
  u: 4,
  M: 4,
  L: 4,
  d: 2,
  D: 3,
  E: 4,
  e: 1,
  a: 1,
  H: 2,
  h: 2,
  k: 2,
  K: 2,
  m: 2,
  s: 2,
  S: 3,
  w: 2,
  z: 4,
  Z: 3,
  X: 3,
  V: 2,
};

/** What is wrong with a date's pattern, if something is. */
export function datePatternProblem(pattern: string): string | undefined {
  if (pattern.length > 100) return "A date's format has at most 100 characters";
  if ((pattern.match(/'/g)?.length ?? 0) % 2 > 0) return "A ' in a date's format is not closed";
  for (const [token, letter] of pattern.matchAll(TOKEN)) {
    if (letter && token.length > (LETTERS[letter] ?? 0)) {
      return `${token} is not part of a date's format; put text between '…'`;
    }
  }
}

/**
 * Writes a date by a pattern like Java's DateTimeFormatter (`yyyy-MM-dd HH:mm`) on the wall clock of
 * an IANA time zone, names in a language (BCP 47). Throws `expression_failed` for a bad pattern,
 * zone or language. O(pattern).
 */
export function formatDate(
  date: DateValue,
  pattern: string,
  timeZone: string,
  language: string,
): string {
  const problem = datePatternProblem(pattern);
  if (problem) throw failed(problem);
  const local = date.in(timeZone);
  const name = (options: Intl.DateTimeFormatOptions, part: Intl.DateTimeFormatPartTypes) =>
    dateFormatter(language, timeZone, options).formatToParts(date.at)
      .find(({ type }) => type === part)?.value ?? "";
  return pattern.replace(TOKEN, (token, letter, quoted) => {
    if (quoted !== undefined) return quoted === "" ? "'" : quoted.replaceAll("''", "'");
    if (!letter) return token;
    const width = token.length;
    const padded = (value: number) => String(value).padStart(width, "0");
    const long = width === 4 ? "long" : "short";
    switch (letter) {
      case "y":
      case "u":
        return width === 2 ? String(local.year % 100).padStart(2, "0") : padded(local.year);
      case "M":
        if (width < 3) return padded(local.month);
        return name({ day: "numeric", month: long }, "month");
      case "L":
        return width < 3 ? padded(local.month) : name({ month: long }, "month");
      case "d":
        return padded(local.day);
      case "D":
        return padded(local.dayOfYear);
      case "E":
        return name({ weekday: long }, "weekday");
      case "e":
        return String(local.dayOfWeek);
      case "w":
        return padded(local.weekOfYear ?? 0);
      case "a":
        return name({ hour: "numeric", hourCycle: "h12" }, "dayPeriod") ||
          (local.hour < 12 ? "AM" : "PM");
      case "H":
        return padded(local.hour);
      case "k":
        return padded(local.hour || 24);
      case "K":
        return padded(local.hour % 12);
      case "h":
        return padded(local.hour % 12 || 12);
      case "m":
        return padded(local.minute);
      case "s":
        return padded(local.second);
      case "S":
        return String(local.millisecond).padStart(3, "0").slice(0, width);
      case "z":
        return name({ timeZoneName: long }, "timeZoneName");
      case "V":
        return timeZone;
      case "Z":
        return local.offset.slice(0, 6).replace(":", "");
    }
    return isoOffset(local, width);
  });
}

/** `Z`, `+01` (X), `+0100` (XX) or `+01:00` (XXX). */
function isoOffset(local: Temporal.ZonedDateTime, width: number): string {
  if (local.offsetNanoseconds === 0) return "Z";
  const [hours, minutes] = local.offset.slice(0, 6).split(":");
  if (width === 1) return minutes === "00" ? hours : hours + minutes;
  return width === 2 ? hours + minutes : `${hours}:${minutes}`;
}
