import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * The bytes `from` to before `to` that a Range header asks of `length` bytes (RFC 9110 section
 * 14.1.2); null for all of them: no header, another unit, several ranges, or one that cannot be read.
 * @throws AntiphonError `range_not_satisfiable` when none of it is there
 */
export function byteRange(
  header: string | undefined,
  length: number,
): { from: number; to: number } | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const [, first, last] = match;
  const from = first === "" ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? length : Math.min(length, Number(last) + 1);
  if (first !== "" && last !== "" && Number(last) < from) return null;
  if (from < to) return { from, to };
  throw new AntiphonError("range_not_satisfiable", `Ask within the ${length} bytes there are`);
}
