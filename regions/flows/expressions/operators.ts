import type { BinaryOperator } from "./node.ts";

/** How tightly each operator binds, as in Pebble; `=` names an argument. */
export const OPERATORS: Readonly<
  Record<BinaryOperator | "equals" | "is" | "is not" | "|" | "=", number>
> = {
  "=": 0.5,
  "or": 10,
  "and": 15,
  "is": 20,
  "is not": 20,
  "contains": 20,
  "in": 20,
  "not in": 20,
  "==": 30,
  "equals": 30,
  "!=": 30,
  "<": 30,
  "<=": 30,
  ">": 30,
  ">=": 30,
  "starts with": 30,
  "ends with": 30,
  "+": 40,
  "-": 40,
  "*": 60,
  "/": 60,
  "%": 60,
  "|": 100,
  "~": 110,
  "??": 120,
};
