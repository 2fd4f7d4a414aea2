import { dateFormatter } from "../date_formatter.ts";
import { DateValue } from "../date_value.ts";
import { failed } from "../failed.ts";
import { datePatternProblem, formatDate } from "../format_date.ts";
import { Kind } from "../kind.ts";
import type { Run } from "../run.ts";
import type { Parameter, Signature } from "../signature.ts";
import type { Value } from "../value.ts";

const UNITS = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"] as const;
const STYLES = ["full", "long", "medium", "short"];
/** What can be taken for a date: ISO 8601 text, and epoch milliseconds. */
const DATE = Kind.date | Kind.text | Kind.number;

/** Filters of dates. */
export const DATE_FILTERS: readonly Signature[] = [
  {
    name: "date",
    takes: DATE,
    params: [
      {
        name: "format",
        kinds: Kind.text,
        problem: (it) => datePatternProblem(it as string),
      },
      { name: "timeZone", kinds: Kind.text, optional: true },
    ],
    gives: Kind.text,
    run: (of, [format, zone], run) => {
      run.step(20);
      const { timeZone, language } = run.scope;
      return formatDate(toDate(of, run), format as string, zone as string ?? timeZone, language);
    },
  },
  {
    name: "localdate",
    takes: DATE,
    params: [style("dateStyle"), style("timeStyle")],
    gives: Kind.text,
    run: (of, [dateStyle = "medium", timeStyle], run) => {
      run.step(20);
      const options = { dateStyle, ...(timeStyle ? { timeStyle } : {}) };
      return dateFormatter(run.scope.language, run.scope.timeZone, options as object)
        .format(toDate(of, run).at);
    },
  },
  {
    name: "localtime",
    takes: DATE,
    params: [style("timeStyle")],
    gives: Kind.text,
    run: (of, [timeStyle = "short"], run) => {
      run.step(20);
      return dateFormatter(run.scope.language, run.scope.timeZone, { timeStyle } as object)
        .format(toDate(of, run).at);
    },
  },
  {
    name: "todate",
    takes: DATE,
    params: [],
    gives: Kind.date,
    run: (of, _, run) => of === "" ? null : toDate(of, run),
  },
  moved("add", 1),
  moved("plus", 1),
  moved("minus", -1),
];

/** Moves a date on the wall clock of the tenant, so that a day stays a day when clocks change. */
function moved(name: string, sign: 1 | -1): Signature {
  return {
    name,
    takes: DATE,
    params: UNITS.map((unit): Parameter => ({
      name: unit,
      kinds: Kind.number,
      optional: true,
      problem: (it) =>
        Number.isInteger(it) && Math.abs(it as number) <= 1e9
          ? undefined
          : `${unit} is a whole number up to a thousand million`,
    })),
    gives: Kind.date,
    run: (of, amounts, run) => {
      run.step(10);
      let local = toDate(of, run).in(run.scope.timeZone);
      try {
        for (const [index, unit] of UNITS.entries()) {
          const amount = amounts[index] as number | undefined;
          if (amount) local = local.add({ [unit]: sign * amount });
        }
      } catch (error) {
        if (error instanceof RangeError) throw failed("A date must be in the years 1 to 9999");
        throw error;
      }
      return new DateValue(local.epochMilliseconds);
    },
  };
}

function style(name: string): Parameter {
  return {
    name,
    kinds: Kind.text,
    optional: true,
    problem: (it) =>
      STYLES.includes(it as string) ? undefined : `A style is one of ${STYLES.join(", ")}`,
  };
}

function toDate(value: Value, run: Run): DateValue {
  if (value instanceof DateValue) return value;
  if (typeof value === "number") return new DateValue(Math.trunc(value));
  const date = DateValue.parse((value as string).trim(), run.scope.timeZone);
  if (!date) throw failed("Write a date as in 2026-03-29 or 2026-03-29T14:30:00+02:00");
  return date;
}
