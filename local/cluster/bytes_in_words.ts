const KILO = 1024;
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** A size in at most three figures and its unit ("1.5 GiB"). */
export function bytesInWords(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const value = bytes / KILO ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}
