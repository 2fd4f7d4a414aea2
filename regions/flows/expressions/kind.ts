import { DateValue } from "./date_value.ts";
import type { Value, ValueList, ValueMap } from "./value.ts";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";

/** Kinds of value as bits, so that a set of kinds is a number. */
export const Kind = {
  text: 1,
  number: 2,
  boolean: 4,
  date: 8,
  list: 16,
  map: 32,
  nothing: 64,
  /** What prints as one word. */
  scalar: 15,
  /** What has a length. */
  sized: 49,
  any: 127,
} as const;

const WORDS: readonly [number, string][] = [
  [Kind.text, "text"],
  [Kind.number, "a number"],
  [Kind.boolean, "true or false"],
  [Kind.date, "a date"],
  [Kind.list, "a list"],
  [Kind.map, "a map"],
  [Kind.nothing, "nothing"],
];

/** The kind of a value. */
export function kindOf(value: Value): number {
  if (value === null) return Kind.nothing;
  if (typeof value === "string") return Kind.text;
  if (typeof value === "number") return Kind.number;
  if (typeof value === "boolean") return Kind.boolean;
  if (value instanceof DateValue) return Kind.date;
  return Array.isArray(value) ? Kind.list : Kind.map;
}

/** Kinds in words: "text or a number". */
export function kindWords(kinds: number): string {
  if ((kinds & Kind.any) === Kind.any) return "anything";
  return WORDS.filter(([bit]) => kinds & bit).map(([, word]) => word).join(" or ");
}

/** The kinds that a variable of a type can have; an empty one is nothing, which is left out. */
export function kindsOfType(type: VariableType): number {
  return type === "json" ? Kind.any : Kind[type];
}

export function isList(value: Value): value is ValueList {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ValueMap {
  return kindOf(value) === Kind.map;
}
