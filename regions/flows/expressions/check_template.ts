import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { compiledTemplate } from "./compiled.ts";
import { type ExpressionProblem, problemOf } from "./expression_problem.ts";
import { TypeChecker } from "./type_checker.ts";

/**
 * What is wrong with a template, given the variables there are and those whose value is sealed. A
 * template without problems still may fail on values, such as text that is no number. At most 50
 * problems. O(length).
 */
export function checkTemplate(
  source: string,
  types: Readonly<Record<string, VariableType>>,
  sealed: ReadonlySet<string>,
): ExpressionProblem[] {
  try {
    const checker = new TypeChecker(source, types, sealed);
    checker.checkParts(compiledTemplate(source).tree);
    return checker.problems;
  } catch (error) {
    return [problemOf(error)];
  }
}
