import type { Value } from "./value.ts";

/** An argument of a filter, function or test; by position, or by name. */
export interface Argument {
  readonly name?: string;
  readonly value: Node;
}

/** One node of an expression. `at` is its place in the source, counted from 0. */
export type Node =
  & { readonly at: number }
  & (
    | { readonly kind: "literal"; readonly value: Value }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "attribute"; readonly of: Node; readonly key: Node }
    | { readonly kind: "list"; readonly items: readonly Node[] }
    | { readonly kind: "map"; readonly entries: readonly (readonly [Node, Node])[] }
    | { readonly kind: "unary"; readonly op: "not" | "-" | "+"; readonly of: Node }
    | {
      readonly kind: "binary";
      readonly op: BinaryOperator;
      readonly left: Node;
      readonly right: Node;
    }
    | { readonly kind: "choice"; readonly test: Node; readonly yes: Node; readonly no: Node }
    | Call
  );

/** Operators with two sides; `is` and `|` are calls. */
export type BinaryOperator =
  | "or"
  | "and"
  | "contains"
  | "in"
  | "not in"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "starts with"
  | "ends with"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "~"
  | "??";

/** A filter (`of | name`), a test (`of is name`) or a function (`name(…)`). */
export interface Call {
  readonly at: number;
  readonly kind: "filter" | "test" | "function";
  readonly name: string;
  /** What is filtered or tested. */
  readonly of?: Node;
  readonly args: readonly Argument[];
}

/** One part of a template. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "print"; readonly value: Node }
  | {
    readonly kind: "if";
    readonly branches: readonly { readonly test: Node; readonly body: readonly Part[] }[];
    readonly otherwise: readonly Part[];
  }
  | {
    readonly kind: "for";
    readonly name: string;
    readonly each: Node;
    readonly body: readonly Part[];
    readonly otherwise: readonly Part[];
  };
