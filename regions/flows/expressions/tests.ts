import { isEmpty } from "./is_empty.ts";
import { isList, isMap, Kind } from "./kind.ts";
import { readNumber } from "./read_number.ts";
import type { Signature } from "./signature.ts";
import type { Value } from "./value.ts";

const isNothing = (value: Value) => value === null;

/** Every test (`x is name`) by its name. */
export const TESTS: ReadonlyMap<string, Signature> = new Map(
  [
    test("empty", isEmpty),
    test("null", isNothing),
    test("none", isNothing),
    test("defined", (value) => value !== null),
    test(
      "even",
      (value) => value !== null && (value as number) % 2 === 0,
      Kind.number | Kind.nothing,
    ),
    test(
      "odd",
      (value) => value !== null && Math.abs(value as number) % 2 === 1,
      Kind.number | Kind.nothing,
    ),
    test("numeric", (value) =>
      typeof value === "number" || typeof value === "string" && readNumber(value) !== undefined),
    test("iterable", (value) => isList(value) || isMap(value)),
    test("map", isMap),
  ].map((it) => [it.name, it]),
);

function test(name: string, holds: (value: Value) => boolean, takes: number = Kind.any): Signature {
  return { name, takes, params: [], gives: Kind.boolean, run: (of) => holds(of) };
}
