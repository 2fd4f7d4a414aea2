import { compareValues } from "./compare_values.ts";
import { DateValue } from "./date_value.ts";
import { failed } from "./failed.ts";
import { Kind } from "./kind.ts";
import { LIMITS } from "./limits.ts";
import type { Signature } from "./signature.ts";
import type { Value } from "./value.ts";

const ORDERED = Kind.number | Kind.text | Kind.date;
const whole = {
  kinds: Kind.number,
  problem: (it: Value) => Number.isSafeInteger(it) ? undefined : "range counts in whole numbers",
};

/** Every function by its name. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map(
  ([
    {
      name: "now",
      takes: Kind.any,
      params: [],
      gives: Kind.date,
      run: (_of, _args, run) => new DateValue(run.scope.at),
    },
    extreme("min", (a, b) => compareValues(a, b) <= 0 ? a : b),
    extreme("max", (a, b) => compareValues(a, b) >= 0 ? a : b),
    {
      name: "range",
      takes: Kind.any,
      params: [
        { name: "start", ...whole },
        { name: "end", ...whole },
        { name: "increment", ...whole, optional: true },
      ],
      gives: Kind.list,
      run: (_, args, run) => {
        const [start, end, increment = 1] = args as number[];
        if (increment === 0) throw failed("range cannot count in steps of 0");
        const count = Math.max(0, Math.floor((end - start) / increment) + 1);
        run.checkItems(Math.min(count, LIMITS.items + 1));
        return Array.from({ length: count }, (_, index) => start + index * increment);
      },
    },
  ] satisfies Signature[]).map((it) => [it.name, it]),
);

function extreme(name: string, pick: (a: Value, b: Value) => Value): Signature {
  return {
    name,
    takes: Kind.any,
    params: [{ name: "values", kinds: ORDERED }],
    repeats: true,
    gives: ORDERED,
    run: (_, values, run) => {
      run.work(values.length);
      return (values as Value[]).reduce(pick);
    },
  };
}
