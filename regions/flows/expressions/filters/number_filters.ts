import { failed } from "../failed.ts";
import { Kind } from "../kind.ts";
import { formatNumber, numberPatternProblem } from "../format_number.ts";
import { readNumber } from "../read_number.ts";
import type { Signature } from "../signature.ts";

/** Filters of numbers, and the one that makes a number of text. */
export const NUMBER_FILTERS: readonly Signature[] = [
  {
    name: "number",
    takes: Kind.text | Kind.number,
    params: [],
    gives: Kind.number,
    run: (of) => {
      if (typeof of === "number") return of;
      if ((of as string).trim() === "") return null;
      const value = readNumber(of as string);
      if (value === undefined) throw failed("number takes digits such as 12 or -0.5");
      return value;
    },
  },
  {
    name: "abs",
    takes: Kind.number,
    params: [],
    gives: Kind.number,
    run: (of) => Math.abs(of as number),
  },
  {
    name: "round",
    takes: Kind.number,
    params: [{
      name: "digits",
      kinds: Kind.number,
      optional: true,
      problem: (it) =>
        Number.isInteger(it) && it as number >= 0 && it as number <= 15
          ? undefined
          : "digits is a whole number from 0 to 15",
    }],
    gives: Kind.number,
    run: (of, [digits = 0]) => roundHalfAway(of as number, digits as number),
  },
  {
    name: "numberformat",
    takes: Kind.number,
    params: [{
      name: "format",
      kinds: Kind.text,
      optional: true,
      problem: (it) => numberPatternProblem(it as string),
    }],
    gives: Kind.text,
    run: (of, [pattern = "#,##0.###"], run) => {
      run.step(20);
      return formatNumber(of as number, pattern as string, run.scope.language);
    },
  },
];

/** Rounds the decimal digits that are printed, so that 1.005 becomes 1.01 although it is stored as less. */
function roundHalfAway(value: number, digits: number): number {
  if (Number.isInteger(value)) return value;
  const size = shift(Math.round(shift(Number(Math.abs(value).toPrecision(15)), digits)), -digits);
  return Number.isFinite(size) ? Math.sign(value) * size : value;
}

/** A number with its decimal point moved, without an error of its own. */
function shift(value: number, places: number): number {
  const [mantissa, exponent = "0"] = String(value).split("e");
  return Number(`${mantissa}e${Number(exponent) + places}`);
}
