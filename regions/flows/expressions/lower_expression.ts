import type { RawNode } from "./expression_parser.ts";
import { LIMITS } from "./limits.ts";
import type { Argument, BinaryOperator, Call, Node } from "./node.ts";
import type { Value } from "./value.ts";

/** A node that the language has no meaning for, at its place in the expression. */
export class NotInLanguage extends Error {
  constructor(message: string, readonly index: number) {
    super(message);
  }
}

/** Makes the library's tree ours: a closed set of nodes, everything else is refused. O(nodes). */
export function lowerExpression(raw: RawNode, offset: number): Node {
  return lower(raw, { offset, at: raw.at ?? 0, depth: 0 });
}

interface Place {
  /** Of the expression in its source. */
  offset: number;
  /** Of the nearest node around that has one. */
  at: number;
  depth: number;
}

function lower(raw: RawNode, around: Place): Node {
  const place = { ...around, at: raw.at ?? around.at, depth: around.depth + 1 };
  if (place.depth > LIMITS.depth) throw refused("The expression is nested too deeply", place);
  const at = place.offset + place.at;
  const down = (member: string) => lower(raw[member] as RawNode, place);
  switch (raw.type) {
    case "Literal": {
      if (typeof raw.value === "number" && !Number.isFinite(raw.value)) {
        throw refused("The number is too large", place);
      }
      return { at, kind: "literal", value: raw.value as Value };
    }
    case "Identifier":
      return { at, kind: "name", name: raw.name as string };
    case "MemberExpression":
      return member(raw, place);
    case "ArrayExpression":
      return { at, kind: "list", items: (raw.elements as RawNode[]).map((it) => lower(it, place)) };
    case "Map":
      return {
        at,
        kind: "map",
        entries: (raw.entries as [RawNode, RawNode][]).map(([key, value]) =>
          [keyOf(key, place), lower(value, place)] as const
        ),
      };
    case "UnaryExpression":
      return { at, kind: "unary", op: raw.operator as "not", of: down("argument") };
    case "ConditionalExpression":
      return {
        at,
        kind: "choice",
        test: down("test"),
        yes: down("consequent"),
        no: down("alternate"),
      };
    case "CallExpression": {
      const callee = raw.callee as RawNode;
      if (callee.type !== "Identifier") {
        throw refused("Only functions by name can be called", place);
      }
      const args = argumentsOf(raw, place);
      return { at, kind: "function", name: callee.name as string, args };
    }
    case "BinaryExpression":
      return binary(raw, place);
  }
  throw refused("This is not part of the language", place);
}

/** A map's key: a word, a text, a number, or any expression in brackets. */
function keyOf(raw: RawNode, place: Place): Node {
  if (raw.bracketed || raw.type === "Literal") return lower(raw, place);
  if (raw.type !== "Identifier") throw refused("Put brackets around a map's key", place);
  return literal(raw, place);
}

function member(raw: RawNode, place: Place): Node {
  if (raw.optional) throw refused("Write a.b; what is missing is nothing anyway", place);
  const property = raw.property as RawNode;
  const key = raw.computed ? lower(property, place) : literal(property, place);
  return {
    at: place.offset + place.at,
    kind: "attribute",
    of: lower(raw.object as RawNode, place),
    key,
  };
}

function literal(identifier: RawNode, place: Place): Node {
  return { at: place.offset + place.at, kind: "literal", value: identifier.name as string };
}

function binary(raw: RawNode, place: Place): Node {
  const left = raw.left as RawNode;
  const right = raw.right as RawNode;
  const at = place.offset + (right.at ?? place.at);
  switch (raw.operator) {
    case "=":
      throw refused("= names an argument of a filter or function; compare by ==", place);
    case "|":
      return { ...called("filter", right, place), at, of: lower(left, place) };
    case "is":
    case "is not": {
      if (left.type === "UnaryExpression" && left.operator === "not" && !left.bracketed) {
        throw refused('Write "x is not …" or "not (x is …)"', place);
      }
      // jsep takes "is  not" with two blanks for the unary operator.
      const inner = right.type === "UnaryExpression" && right.operator === "not";
      const test = called("test", (inner ? right.argument : right) as RawNode, place);
      const node: Node = { ...test, at, of: lower(left, place) };
      const isNegated = (raw.operator === "is not") !== inner;
      return isNegated ? { at, kind: "unary", op: "not", of: node } : node;
    }
  }
  const op = (raw.operator === "equals" ? "==" : raw.operator) as BinaryOperator;
  return {
    at: place.offset + place.at,
    kind: "binary",
    op,
    left: lower(left, place),
    right: lower(right, place),
  };
}

/** The right side of `|` or `is`: a name, or a name with arguments. */
function called(kind: "filter" | "test", raw: RawNode, place: Place): Call {
  const at = place.offset + (raw.at ?? place.at);
  if (raw.type === "Identifier" && !raw.bracketed) {
    return { at, kind, name: raw.name as string, args: [] };
  }
  if (raw.type === "Literal" && raw.value === null) return { at, kind, name: "null", args: [] };
  const callee = raw.callee as RawNode | undefined;
  if (raw.type === "CallExpression" && callee?.type === "Identifier") {
    return { at, kind, name: callee.name as string, args: argumentsOf(raw, place) };
  }
  throw refused(`Expected the name of a ${kind}; put brackets around what comes before`, place);
}

function argumentsOf(raw: RawNode, place: Place): Argument[] {
  return (raw.arguments as RawNode[]).map((it): Argument => {
    const left = it.left as RawNode | undefined;
    if (it.type !== "BinaryExpression" || it.operator !== "=" || it.bracketed) {
      return { value: lower(it, place) };
    }
    if (left?.type !== "Identifier") throw refused("Name an argument by one word before =", place);
    return { name: left.name as string, value: lower(it.right as RawNode, place) };
  });
}

function refused(message: string, place: Place): NotInLanguage {
  return new NotInLanguage(message, place.at);
}
