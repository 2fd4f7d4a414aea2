import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { compiledExpression } from "./compiled.ts";
import { type ExpressionProblem, problemOf } from "./expression_problem.ts";
import { Kind } from "./kind.ts";
import { TypeChecker } from "./type_checker.ts";

const WANTED: Readonly<Record<VariableType | "any", number>> = {
  text: Kind.scalar,
  number: Kind.number,
  boolean: Kind.boolean,
  date: Kind.date | Kind.text,
  json: Kind.any,
  any: Kind.any,
};

/**
 * What is wrong with an expression, bare or within `{{ }}`, given the variables there are, those
 * whose value is sealed, and the type its result must have. Text takes numbers, truth values and
 * dates as they print. At most 50 problems. O(length).
 */
export function checkExpression(
  source: string,
  types: Readonly<Record<string, VariableType>>,
  sealed: ReadonlySet<string>,
  wanted: VariableType | "any" = "any",
): ExpressionProblem[] {
  try {
    const { tree } = compiledExpression(source);
    const checker = new TypeChecker(source, types, sealed);
    checker.want(tree, checker.kindsOf(tree), WANTED[wanted], "The result must be");
    return checker.problems;
  } catch (error) {
    return [problemOf(error)];
  }
}
