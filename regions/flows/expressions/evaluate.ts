import { compiledExpression } from "./compiled.ts";
import { evaluateNode } from "./evaluate_node.ts";
import { Run } from "./run.ts";
import type { Scope } from "./scope.ts";
import type { Value } from "./value.ts";

/**
 * The value of an expression such as `queuePosition > 3 and vip`, bare or within `{{ }}`. Pure: the
 * same source and scope always give the same. Throws AntiphonError `expression_syntax`,
 * `expression_failed`, `expression_limit` or `variable_sealed`. O(steps), at most 10 000.
 */
export function evaluate(source: string, scope: Scope): Value {
  const { tree, names } = compiledExpression(source);
  const run = new Run(scope);
  run.checkSealed(names);
  return run.measured(evaluateNode(tree, run));
}
