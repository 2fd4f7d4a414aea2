import { applyCall } from "./apply_call.ts";
import { compareValues } from "./compare_values.ts";
import { equalValues } from "./equal_values.ts";
import { failed } from "./failed.ts";
import { isTrue } from "./is_true.ts";
import { isList, isMap, kindOf, kindWords } from "./kind.ts";
import type { BinaryOperator, Node } from "./node.ts";
import { ownValue } from "./own_value.ts";
import type { Run } from "./run.ts";
import type { Value } from "./value.ts";

/**
 * The value of a node. Throws `expression_failed`, `expression_limit` or `variable_sealed`.
 * O(steps), of which there are at most 10 000.
 */
export function evaluateNode(node: Node, run: Run): Value {
  run.step();
  switch (node.kind) {
    case "literal":
      return node.value;
    case "name":
      return run.valueOf(node.name);
    case "attribute":
      return ownValue(evaluateNode(node.of, run), evaluateNode(node.key, run));
    case "list":
      run.checkItems(node.items.length);
      return node.items.map((item) => evaluateNode(item, run));
    case "map":
      run.checkItems(node.entries.length);
      return Object.fromEntries(
        node.entries.map((
          [key, value],
        ) => [run.print(evaluateNode(key, run)), evaluateNode(value, run)]),
      );
    case "unary": {
      const value = evaluateNode(node.of, run);
      if (node.op === "not") return !isTrue(value);
      return node.op === "-" ? -numberOf(value, "-") : numberOf(value, "+");
    }
    case "choice":
      return evaluateNode(isTrue(evaluateNode(node.test, run)) ? node.yes : node.no, run);
    case "binary":
      return binary(node.op, node.left, node.right, run);
  }
  const of = node.of ? evaluateNode(node.of, run) : null;
  const args = node.args.map(({ name, value }) => ({ name, value: evaluateNode(value, run) }));
  return applyCall(node, of, args, run);
}

function binary(op: BinaryOperator, leftNode: Node, rightNode: Node, run: Run): Value {
  const left = evaluateNode(leftNode, run);
  if (op === "and") return isTrue(left) && isTrue(evaluateNode(rightNode, run));
  if (op === "or") return isTrue(left) || isTrue(evaluateNode(rightNode, run));
  if (op === "??") return left ?? evaluateNode(rightNode, run);
  const right = evaluateNode(rightNode, run);
  switch (op) {
    case "==":
      return equalValues(left, right, run);
    case "!=":
      return !equalValues(left, right, run);
    case "<":
      return isOrdered(left, right) && compareValues(left, right) < 0;
    case "<=":
      return isOrdered(left, right) && compareValues(left, right) <= 0;
    case ">":
      return isOrdered(left, right) && compareValues(left, right) > 0;
    case ">=":
      return isOrdered(left, right) && compareValues(left, right) >= 0;
    case "~":
      return concatenate(left, right, run);
    case "+":
      if (typeof left === "string" || typeof right === "string") {
        return concatenate(left, right, run);
      }
      return finite(numberOf(left, op) + numberOf(right, op));
    case "-":
      return finite(numberOf(left, op) - numberOf(right, op));
    case "*":
      return finite(numberOf(left, op) * numberOf(right, op));
    case "/":
      return finite(numberOf(left, op) / numberOf(right, op));
    case "%":
      return finite(numberOf(left, op) % numberOf(right, op));
    case "contains":
      return contains(left, right, run);
    case "in":
      return contains(right, left, run);
    case "not in":
      return !contains(right, left, run);
    case "starts with":
    case "ends with": {
      if (left === null) return false;
      const [whole, part] = [run.print(left), run.print(right)];
      return op === "starts with" ? whole.startsWith(part) : whole.endsWith(part);
    }
  }
}

/** Nothing is neither less nor more than anything. */
function isOrdered(left: Value, right: Value): boolean {
  return left !== null && right !== null;
}

function concatenate(left: Value, right: Value, run: Run): string {
  const [start, end] = [run.print(left), run.print(right)];
  run.checkLength(start.length + end.length);
  return run.text(start + end);
}

function contains(whole: Value, part: Value, run: Run): boolean {
  if (whole === null) return false;
  if (typeof whole === "string") return run.text(whole).includes(run.print(part));
  if (isList(whole)) return whole.some((item) => (run.step(), equalValues(item, part, run)));
  if (isMap(whole)) return part !== null && Object.hasOwn(whole, run.print(part));
  throw failed(
    `contains looks into text, lists and maps, not ${kindWords(kindOf(whole))}`,
    "type_mismatch",
  );
}

function numberOf(value: Value, op: string): number {
  if (typeof value === "number") return value;
  throw failed(`${op} takes numbers, not ${kindWords(kindOf(value))}`, "type_mismatch");
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw failed("The result is not a number that can be written; is something divided by 0?");
}
