import { failed } from "./failed.ts";

const PATTERN =
  /^([^#0,.]{0,16})([#,]{0,32}0{0,15}(?:,0{3})?)(?:\.(0{0,15})(#{0,15}))?([^#0,.]{0,16})$/;

/** What is wrong with a number's pattern, if something is. */
export function numberPatternProblem(pattern: string): string | undefined {
  const match = pattern.length <= 100 ? PATTERN.exec(pattern) : null;
  return match && (match[2] || match[3] !== undefined) && !/,$/.test(match[2])
    ? undefined
    : "Write a number's format such as #,##0.00";
}

/**
 * Writes a number by a pattern like Java's DecimalFormat (`#,##0.00`, `00000`, `0.##`, `0 %`) with
 * the separators of a language (BCP 47). `%` in the suffix multiplies by 100. Throws
 * `expression_failed` for a bad pattern or language.
 */
export function formatNumber(value: number, pattern: string, language: string): string {
  const problem = numberPatternProblem(pattern);
  if (problem) throw failed(problem);
  const [, prefix, whole, zeros = "", optional = "", suffix] = PATTERN.exec(pattern)!;
  const least = whole.replaceAll(/[^0]/g, "").length;
  const written = formatterOf(language, {
    useGrouping: whole.includes(","),
    minimumIntegerDigits: Math.max(1, least),
    minimumFractionDigits: zeros.length,
    maximumFractionDigits: zeros.length + optional.length,
    roundingMode: "halfEven",
  }).format(Math.abs(suffix.includes("%") ? value * 100 : value));
  const sign = value < 0 && /[1-9]/.test(written) ? "-" : "";
  return sign + prefix + written + suffix;
}

const formatters = new Map<string, Intl.NumberFormat>();

/** Making one is slow, so that the last 64 are kept. O(1). */
function formatterOf(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([language, options]);
  let formatter = formatters.get(key);
  if (formatter) return formatter;
  try {
    formatter = new Intl.NumberFormat(language, { ...options, numberingSystem: "latn" });
  } catch {
    throw failed("Name a language such as en-US");
  }
  if (formatters.size >= 64) formatters.delete(formatters.keys().next().value!);
  formatters.set(key, formatter);
  return formatter;
}
