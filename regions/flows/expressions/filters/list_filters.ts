import { compareValues } from "../compare_values.ts";
import { isEmpty } from "../is_empty.ts";
import { isList, isMap, Kind } from "../kind.ts";
import type { Run } from "../run.ts";
import type { Signature } from "../signature.ts";
import type { Value, ValueList } from "../value.ts";

const position = {
  kinds: Kind.number,
  problem: (it: Value) => Number.isSafeInteger(it) ? undefined : "Positions are whole numbers",
};

/** Filters of lists; some take text as the list of its characters, or a map. */
export const LIST_FILTERS: readonly Signature[] = [
  {
    name: "default",
    takes: Kind.any,
    params: [{ name: "default", kinds: Kind.any }],
    gives: Kind.any,
    run: (of, [instead]) => isEmpty(of) ? instead ?? null : of,
  },
  {
    name: "length",
    takes: Kind.sized | Kind.nothing,
    params: [],
    gives: Kind.number,
    run: (of, _, run) => {
      if (of === null) return 0;
      if (typeof of === "string") return [...run.text(of)].length;
      return isList(of) ? of.length : Object.keys(of).length;
    },
  },
  {
    name: "first",
    takes: Kind.text | Kind.list,
    params: [],
    gives: Kind.any,
    run: (of) =>
      typeof of === "string" ? of.match(/^./su)?.[0] ?? "" : (of as ValueList)[0] ?? null,
  },
  {
    name: "last",
    takes: Kind.text | Kind.list,
    params: [],
    gives: Kind.any,
    run: (of) =>
      typeof of === "string" ? [...of.slice(-2)].at(-1) ?? "" : (of as ValueList).at(-1) ?? null,
  },
  {
    name: "join",
    takes: Kind.list,
    params: [{ name: "separator", kinds: Kind.text, optional: true }],
    gives: Kind.text,
    run: (of, [separator = ""], run) => {
      const texts = (of as ValueList).map((it) => run.print(it));
      const gaps = Math.max(0, texts.length - 1) * (separator as string).length;
      run.work(texts.length);
      run.checkLength(texts.reduce((sum, it) => sum + it.length, gaps));
      return run.text(texts.join(separator as string));
    },
  },
  { ...sorted("sort", 1) },
  { ...sorted("rsort", -1) },
  {
    name: "reverse",
    takes: Kind.text | Kind.list,
    params: [],
    gives: Kind.text | Kind.list,
    run: (of, _, run) => {
      if (typeof of === "string") return [...run.text(of)].reverse().join("");
      run.checkItems((of as ValueList).length);
      return (of as ValueList).toReversed();
    },
  },
  {
    name: "slice",
    takes: Kind.text | Kind.list,
    params: [{ name: "fromIndex", ...position }, { name: "toIndex", ...position, optional: true }],
    gives: Kind.text | Kind.list,
    run: (of, [from, to], run) => {
      const range = [from as number, to as number | undefined] as const;
      if (typeof of === "string") return [...run.text(of)].slice(...range).join("");
      const items = (of as ValueList).slice(...range);
      run.checkItems(items.length);
      return items;
    },
  },
  {
    name: "keys",
    takes: Kind.map,
    params: [],
    gives: Kind.list,
    run: (of, _, run) => {
      const keys = Object.keys(isMap(of) ? of : {});
      run.checkItems(keys.length);
      return keys;
    },
  },
];

function sorted(name: string, sign: 1 | -1): Signature {
  return {
    name,
    takes: Kind.list,
    params: [],
    gives: Kind.list,
    run: (of, _, run: Run) => {
      const items = of as ValueList;
      run.checkItems(items.length);
      return items.toSorted((a, b) => {
        run.step();
        return sign * compareValues(a, b);
      });
    },
  };
}
