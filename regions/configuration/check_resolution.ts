import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";

/** Destinations of contacts are queues that there will be, of the kind of those they come from. */
export function checkResolution(
  { moveTo }: StrandResolution,
  before: TenantConfiguration,
  after: TenantConfiguration,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const [from, to] of Object.entries(moveTo)) {
    const path = `moveTo.${from}`;
    const origin = before.queues.find((queue) => queue.id === from);
    const target = after.queues.find((queue) => queue.id === to);
    if (!target) {
      problems.push({ path, code: "reference_unknown", message: `There is no queue "${to}"` });
    } else if (origin && origin.kind !== target.kind) {
      problems.push({ path, code: "kind_mismatch", message: `Name a ${origin.kind} queue` });
    }
  }
  return problems;
}
