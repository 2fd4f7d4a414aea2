import { failed } from "../failed.ts";
import { Kind } from "../kind.ts";
import { ownValue } from "../own_value.ts";
import { readJson } from "../read_json.ts";
import type { Signature } from "../signature.ts";
import type { Value } from "../value.ts";

const json: Signature = {
  name: "json",
  takes: Kind.any,
  params: [],
  gives: Kind.text,
  run: (of, _, run) => (run.print(of), run.text(JSON.stringify(of))),
};

/** Filters between values and JSON. */
export const JSON_FILTERS: readonly Signature[] = [
  json,
  { ...json, name: "json_encode" },
  {
    name: "fromjson",
    takes: Kind.text,
    params: [],
    gives: Kind.any,
    run: (of, _, run) => {
      const value = readJson(run.text(of as string));
      if (value === undefined) throw failed("fromjson takes JSON");
      return value;
    },
  },
  {
    name: "path",
    takes: Kind.list | Kind.map,
    params: [{
      name: "path",
      kinds: Kind.text,
      problem: (it) => stepsOf(it as string) ? undefined : "Write a path such as $.orders[0].id",
    }],
    gives: Kind.any,
    run: (of, [path], run) => {
      const steps = stepsOf(path as string)!;
      run.work((path as string).length);
      return steps.reduce<Value>(ownValue, of);
    },
  },
];

const STEP = /\.([A-Za-z_][A-Za-z0-9_-]*)|\[(-?\d{1,9})\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/gy;

/** The steps of a path of names and indices (a part of RFC 9535); `undefined` if it is none. */
function stepsOf(path: string): Value[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: Value[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return undefined;
    steps.push(match[2] === undefined ? match[1] ?? match[3] ?? match[4] : Number(match[2]));
  }
  return steps;
}
