import { bindArguments, type Bound } from "./bind_arguments.ts";
import { failed } from "./failed.ts";
import { FILTERS } from "./filters.ts";
import { FUNCTIONS } from "./functions.ts";
import { Kind, kindOf, kindWords } from "./kind.ts";
import type { Call } from "./node.ts";
import type { Run } from "./run.ts";
import type { Signature } from "./signature.ts";
import { TESTS } from "./tests.ts";
import type { Value } from "./value.ts";

/** Filters, functions and tests by their names. */
export const CALLABLES: Readonly<Record<Call["kind"], ReadonlyMap<string, Signature>>> = {
  filter: FILTERS,
  function: FUNCTIONS,
  test: TESTS,
};

/**
 * Does a filter, function or test. A filter makes nothing of nothing unless it says otherwise.
 * Throws `expression_failed` for an unknown name and for arguments that do not fit.
 */
export function applyCall(
  call: Call,
  of: Value,
  args: readonly { readonly name?: string; readonly value: Value }[],
  run: Run,
): Value {
  const signature = CALLABLES[call.kind].get(call.name);
  if (!signature) {
    const reason = call.kind === "function" ? "function_unknown" : "filter_unknown";
    throw failed(`There is no ${call.kind} ${call.name}`, reason);
  }
  if (of === null && call.kind === "filter" && !(signature.takes & Kind.nothing)) return null;
  if (!(kindOf(of) & signature.takes)) {
    throw misfit(`${call.name} takes ${kindWords(signature.takes)}, not ${kindWords(kindOf(of))}`);
  }
  const bound: Bound<Value> = bindArguments(signature, args);
  if ("problem" in bound) throw misfit(bound.problem);
  for (const [index, value] of bound.slots.entries()) {
    const param = signature.params[Math.min(index, signature.params.length - 1)];
    if (value === undefined) continue;
    const kind = kindOf(value);
    if (!(kind & param.kinds)) {
      throw misfit(
        `${call.name}: ${param.name} is ${kindWords(param.kinds)}, not ${kindWords(kind)}`,
      );
    }
    const problem = param.problem?.(value);
    if (problem) throw misfit(`${call.name}: ${problem}`);
  }
  return signature.run(of, bound.slots, run);
}

function misfit(message: string) {
  return failed(message, "type_mismatch");
}
