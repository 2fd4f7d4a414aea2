import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { JsonValue } from "./json_value.ts";
import type { Path, Segment } from "./parse_path.ts";

type Bracketed = Extract<Segment["node"], { type: "BracketedSelection" }>;
type Selector = Bracketed["selectors"][number];
type Filter = Extract<Selector, { type: "FilterSelector" }>["value"];
type Logical = Exclude<Filter, { type: "ComparisonExpr" }> | Filter;
type Comparison = Extract<Logical, { type: "ComparisonExpr" }>;
type Operand = Comparison["left"];
type Call = Extract<Operand, { type: "FunctionExpr" }>;
type Query = {
  type: string;
  segments: readonly { type: string; node: Segment["node"] | Selector }[];
};

/** Values looked at for one path. */
export const MOST_STEPS = 200_000;

/** Stands for no value (RFC 9535 section 2.4.1). */
const NOTHING = Symbol("nothing");
type Found = JsonValue | typeof NOTHING;

/**
 * The values that a path finds (RFC 9535 section 2), in order. It looks at {@linkcode MOST_STEPS}
 * values at most, however the path was written.
 * @throws AntiphonError `extraction_too_long`
 */
export function selectNodes(root: JsonValue, path: Path, steps = MOST_STEPS): JsonValue[] {
  return new Selection(root, steps).query(path, root);
}

class Selection {
  constructor(readonly root: JsonValue, private steps: number) {}

  query({ segments }: Query, from: JsonValue): JsonValue[] {
    let nodes = [from];
    for (const { type, node } of segments) {
      const found: JsonValue[] = [];
      for (const value of nodes) {
        if (type === "DescendantSegment") this.#descend(value, node, found);
        else this.#apply(value, node, found);
      }
      nodes = found;
    }
    return nodes;
  }

  #step(): void {
    if (--this.steps >= 0) return;
    throw new AntiphonError("extraction_too_long", "Name what to look for more closely");
  }

  #descend(value: JsonValue, node: Segment["node"] | Selector, found: JsonValue[]): void {
    this.#apply(value, node, found);
    for (const child of childrenOf(value)) {
      this.#step();
      this.#descend(child, node, found);
    }
  }

  #apply(value: JsonValue, node: Segment["node"] | Selector, found: JsonValue[]): void {
    this.#step();
    switch (node.type) {
      case "BracketedSelection":
        for (const selector of node.selectors) this.#apply(value, selector, found);
        return;
      case "MemberNameShorthand":
      case "NameSelector": {
        const member = memberOf(value, node.value);
        if (member !== NOTHING) found.push(member);
        return;
      }
      case "IndexSelector":
        if (!Array.isArray(value)) return;
        found.push(...value.slice(...place(indexOf(node), value.length)));
        return;
      case "WildcardSelector":
        for (const child of childrenOf(value)) {
          this.#step();
          found.push(child);
        }
        return;
      case "SliceSelector":
        if (Array.isArray(value)) this.#slice(value, node, found);
        return;
      case "FilterSelector":
        for (const child of childrenOf(value)) {
          if (this.#holds(node.value, child)) found.push(child);
        }
    }
  }

  /** RFC 9535 section 2.3.4.2.2. */
  #slice(
    list: readonly JsonValue[],
    { start, end, step }: Extract<Selector, { type: "SliceSelector" }>,
    found: JsonValue[],
  ): void {
    const by = step ?? 1;
    const { length } = list;
    const from = (index: number) => index >= 0 ? index : length + index;
    const within = (index: number, least: number, most: number) =>
      Math.min(Math.max(index, least), most);
    if (by > 0) {
      const last = within(from(end ?? length), 0, length);
      for (let i = within(from(start ?? 0), 0, length); i < last; i += by) {
        this.#step();
        found.push(list[i]);
      }
    } else if (by < 0) {
      const last = within(end === null ? -1 : from(end), -1, length - 1);
      for (let i = within(from(start ?? length - 1), -1, length - 1); i > last; i += by) {
        this.#step();
        found.push(list[i]);
      }
    }
  }

  #holds(filter: Logical, at: JsonValue): boolean {
    this.#step();
    switch (filter.type) {
      case "LogicalOrExpr":
        return this.#holds(filter.left, at) || this.#holds(filter.right, at);
      case "LogicalAndExpr":
        return this.#holds(filter.left, at) && this.#holds(filter.right, at);
      case "LogicalNotExpr":
        return !this.#holds(filter.expression, at);
      case "ComparisonExpr":
        return this.#compare(filter, at);
      case "TestExpr": {
        const { expression } = filter;
        if (expression.type === "FunctionExpr") return this.#call(expression, at) === true;
        return this.#relative(expression.value, at).length > 0;
      }
    }
  }

  #relative(query: Query, at: JsonValue): JsonValue[] {
    return this.query(query, query.type.startsWith("Rel") ? at : this.root);
  }

  #compare({ left, right, op }: Comparison, at: JsonValue): boolean {
    const a = this.#operand(left, at);
    const b = this.#operand(right, at);
    switch (op) {
      case "==":
        return this.#equal(a, b);
      case "!=":
        return !this.#equal(a, b);
      case "<":
        return isLess(a, b);
      case ">":
        return isLess(b, a);
      case "<=":
        return isLess(a, b) || this.#equal(a, b);
      case ">=":
        return isLess(b, a) || this.#equal(a, b);
    }
  }

  #operand(operand: Operand, at: JsonValue): Found {
    if (operand.type === "Literal") return operand.value;
    if (operand.type === "FunctionExpr") return this.#call(operand, at);
    const found = this.#relative(operand, at);
    return found.length === 1 ? found[0] : NOTHING;
  }

  /** RFC 9535 section 2.4. */
  #call({ name, arguments: [argument] }: Call, at: JsonValue): Found {
    if (!argument) return NOTHING;
    const nodes = argument.type === "FilterQuery" ? this.#relative(argument.value, at) : null;
    if (name === "count") return nodes ? nodes.length : NOTHING;
    const only = nodes
      ? nodes.length === 1 ? nodes[0] : NOTHING
      : argument.type === "Literal"
      ? argument.value
      : argument.type === "FunctionExpr"
      ? this.#call(argument, at)
      : NOTHING;
    return name === "value" ? only : lengthOf(only);
  }

  #equal(a: Found, b: Found): boolean {
    this.#step();
    if (a === b) return true;
    if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length &&
      keys.every((key) => this.#equal(memberAt(a, key), memberAt(b, key)));
  }
}

function childrenOf(value: JsonValue): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  return value !== null && typeof value === "object" ? Object.values(value) : [];
}

function memberOf(value: JsonValue, name: string): Found {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return NOTHING;
  return memberAt(value, name);
}

function memberAt(value: object, name: string): Found {
  return Object.hasOwn(value, name) ? (value as Record<string, JsonValue>)[name] : NOTHING;
}

/** The parser puts an index one level deeper within filters' queries. */
function indexOf(node: { value: number } | { selector: { value: number } }): number {
  return "selector" in node ? node.selector.value : node.value;
}

/** Where a list's one element of an index begins and ends. */
function place(index: number, length: number): [number, number] {
  const at = index < 0 ? length + index : index;
  return at < 0 ? [0, 0] : [at, at + 1];
}

function isLess(a: Found, b: Found): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  return typeof a === "string" && typeof b === "string" && a < b;
}

/** Characters, elements or members. */
function lengthOf(value: Found): Found {
  if (typeof value === "string") return [...value].length;
  if (value === null || typeof value !== "object") return NOTHING;
  return childrenOf(value).length;
}
