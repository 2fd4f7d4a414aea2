import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { CheckContext } from "../../configuration/checks/check_context.ts";
import { checkHandlers } from "./check_handlers.ts";
import { checkReach } from "./check_reach.ts";
import { checkReferences } from "./check_references.ts";
import { checkShape } from "./check_shape.ts";
import { checkValues } from "./check_values.ts";
import { checkWaits } from "./check_waits.ts";
import { FlowCheck } from "./flow_check.ts";
import type { FlowProblem } from "./flow_problem.ts";

const CHECKS = [checkShape, checkReferences, checkReach, checkHandlers, checkWaits, checkValues];

/**
 * What is wrong with a flow that is, or is to be, part of a configuration: activities, references,
 * ways that nothing leads to or that never end, rounds and recursion without a wait, variables,
 * templates and expressions. O(activities + ways) of it and of the flows that it calls or that
 * call it; the type of each expression is checked once.
 */
export function validateFlow(
  document: FlowDocument,
  configuration: TenantConfiguration,
): FlowProblem[] {
  const others = configuration.flows.filter((flow) => flow.id !== document.id);
  return checkFlow(document, new CheckContext({ ...configuration, flows: [...others, document] }));
}

/** What is wrong with a flow of a configuration under check. */
export function checkFlow(document: FlowDocument, known: CheckContext): FlowProblem[] {
  const check = new FlowCheck(document, known);
  for (const run of CHECKS) run(check);
  return check.problems;
}
