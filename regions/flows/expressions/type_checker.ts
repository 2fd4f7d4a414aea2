import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { CALLABLES } from "./apply_call.ts";
import { bindArguments, type Bound } from "./bind_arguments.ts";
import { type ExpressionProblem, problemAt } from "./expression_problem.ts";
import { Kind, kindOf, kindsOfType, kindWords } from "./kind.ts";
import type { Call, Node, Part } from "./node.ts";

const ORDERED = Kind.number | Kind.text | Kind.date;

/**
 * Finds what must fail when a tree runs, from the kinds that each node can have. What a variable
 * holds may be nothing at any time, so that nothing is never held against it. O(nodes).
 */
export class TypeChecker {
  readonly problems: ExpressionProblem[] = [];
  readonly #locals: { name: string; kinds: number }[] = [];

  constructor(
    readonly source: string,
    readonly types: Readonly<Record<string, VariableType>>,
    readonly sealed: ReadonlySet<string>,
  ) {}

  checkParts(parts: readonly Part[]): void {
    for (const part of parts) {
      if (part.kind === "print") this.kindsOf(part.value);
      else if (part.kind === "if") {
        for (const { test, body } of part.branches) {
          this.kindsOf(test);
          this.checkParts(body);
        }
        this.checkParts(part.otherwise);
      } else if (part.kind === "for") {
        this.#expect(part.each, Kind.list | Kind.map, "for goes through");
        this.#locals.push({ name: "loop", kinds: Kind.map }, { name: part.name, kinds: Kind.any });
        this.checkParts(part.body);
        this.#locals.length -= 2;
        this.checkParts(part.otherwise);
      }
    }
  }

  /** The kinds that a node's value can have; its problems are added. */
  kindsOf(node: Node): number {
    switch (node.kind) {
      case "literal":
        return kindOf(node.value);
      case "name":
        return this.#name(node.name, node.at);
      case "attribute":
        this.#expect(node.of, Kind.list | Kind.map, "Members are of");
        this.kindsOf(node.key);
        return Kind.any;
      case "list":
        node.items.forEach((item) => this.kindsOf(item));
        return Kind.list;
      case "map":
        node.entries.flat().forEach((it) => this.kindsOf(it));
        return Kind.map;
      case "unary":
        if (node.op !== "not") return this.#number(node.of, node.op);
        this.kindsOf(node.of);
        return Kind.boolean;
      case "choice":
        this.kindsOf(node.test);
        return this.kindsOf(node.yes) | this.kindsOf(node.no);
      case "binary":
        return this.#binary(node);
    }
    return this.#call(node);
  }

  /** Adds a problem if none of these kinds is wanted. */
  want(node: Node, kinds: number, wanted: number, what: string): void {
    if (kinds & (wanted | Kind.nothing)) return;
    this.#mismatch(node.at, `${what} ${kindWords(wanted)}, this is ${kindWords(kinds)}`);
  }

  #name(name: string, at: number): number {
    const local = this.#locals.findLast((it) => it.name === name);
    if (local) return local.kinds;
    if (this.sealed.has(name)) {
      this.#add(at, "variable_sealed", `${name} is sealed and cannot be used here`);
    } else if (Object.hasOwn(this.types, name)) return kindsOfType(this.types[name]);
    else this.#add(at, "variable_unknown", `There is no variable ${name}`);
    return Kind.any;
  }

  #binary(node: Node & { kind: "binary" }): number {
    const { op, left: leftNode, right: rightNode } = node;
    if (op === "-" || op === "*" || op === "/" || op === "%") {
      this.#number(leftNode, op);
      return this.#number(rightNode, op);
    }
    const [left, right] = [this.kindsOf(leftNode), this.kindsOf(rightNode)];
    switch (op) {
      case "~":
        return Kind.text;
      case "??":
        return left & ~Kind.nothing | right;
      case "+":
        return this.#plus(leftNode, left, rightNode, right);
      case "==":
      case "!=":
        this.#comparable(node, left, right, Kind.any);
        break;
      case "<":
      case "<=":
      case ">":
      case ">=":
        this.want(leftNode, left, ORDERED, `${op} compares`);
        this.want(rightNode, right, ORDERED, `${op} compares`);
        this.#comparable(node, left, right, ORDERED);
        break;
      case "contains":
        this.want(leftNode, left, Kind.sized, "contains looks into");
        break;
      case "in":
      case "not in":
        this.want(rightNode, right, Kind.sized, "in looks into");
    }
    return Kind.boolean;
  }

  #comparable(node: Node & { kind: "binary" }, left: number, right: number, kinds: number): void {
    if (!(left & kinds) || !(right & kinds) || (left | right) & Kind.nothing || left & right) {
      return;
    }
    const words = `${kindWords(left)} ${node.op} ${kindWords(right)}`;
    this.#mismatch(node.at, `${words} never holds; convert one of them by number, todate or ~ ""`);
  }

  #plus(leftNode: Node, left: number, rightNode: Node, right: number): number {
    if (left === Kind.text || right === Kind.text) return Kind.text;
    const mayBeText = (left | right) & Kind.text;
    if (!mayBeText) {
      this.want(leftNode, left, Kind.number, "+ takes");
      this.want(rightNode, right, Kind.number, "+ takes");
    }
    return Kind.number | mayBeText;
  }

  #number(node: Node, op: string): number {
    this.#expect(node, Kind.number, `${op} takes`);
    return Kind.number;
  }

  #expect(node: Node, wanted: number, what: string): void {
    this.want(node, this.kindsOf(node), wanted, what);
  }

  #call(call: Call): number {
    const of = call.of ? this.kindsOf(call.of) : Kind.nothing;
    const args = call.args.map(({ name, value }) => ({
      name,
      value: { node: value, kinds: this.kindsOf(value) },
    }));
    const signature = CALLABLES[call.kind].get(call.name);
    if (!signature) {
      const code = call.kind === "function" ? "function_unknown" : "filter_unknown";
      this.#add(call.at, code, `There is no ${call.kind} ${call.name}`);
      return Kind.any;
    }
    const takes = call.kind === "filter" ? signature.takes | Kind.nothing : signature.takes;
    if (call.of) this.want(call.of, of, takes, `${call.name} takes`);
    const bound: Bound<(typeof args)[number]["value"]> = bindArguments(signature, args);
    if ("problem" in bound) {
      this.#mismatch(call.at, bound.problem);
      return signature.gives;
    }
    for (const [index, given] of bound.slots.entries()) {
      if (!given) continue;
      const { name, kinds, problem } =
        signature.params[Math.min(index, signature.params.length - 1)];
      const { node } = given;
      if (!(given.kinds & kinds)) {
        this.#mismatch(node.at, `${call.name}: ${name} is ${kindWords(kinds)}`);
      } else if (node.kind === "literal" && problem?.(node.value)) {
        this.#mismatch(node.at, `${call.name}: ${problem(node.value)}`);
      }
    }
    const given = bound.slots.reduce((sum, it) => sum | (it?.kinds ?? 0), 0);
    return givenBy(call.name, of, given) & signature.gives || signature.gives;
  }

  #mismatch(at: number, message: string): void {
    this.#add(at, "type_mismatch", message);
  }

  #add(at: number, code: ExpressionProblem["code"], message: string): void {
    if (this.problems.length < 50) this.problems.push(problemAt(this.source, at, code, message));
  }
}

/** What some calls give, more exactly than their signature says. */
function givenBy(name: string, of: number, args: number): number {
  switch (name) {
    case "default":
      return of & ~Kind.nothing | args;
    case "slice":
    case "reverse":
      return of;
    case "first":
    case "last":
      return of === Kind.text ? Kind.text : Kind.any;
    case "min":
    case "max":
      return args;
  }
  return Kind.any;
}
