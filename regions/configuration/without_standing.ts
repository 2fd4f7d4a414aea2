import { isDeepStrictEqual } from "node:util";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";

/**
 * Problems without those of flows that stand as they stood and act through what is not authorised
 * any more: an administrator can take an authorisation back at once. Such flows go along their
 * error paths.
 */
export function withoutStanding(
  problems: readonly FieldProblem[],
  before: TenantConfiguration,
  after: TenantConfiguration,
): FieldProblem[] {
  return problems.filter(({ path, code }) => {
    if (code !== "node_not_authorised") return true;
    const flow = after.flows[Number(path.split(".")[1])];
    const old = before.flows.find(({ id }) => id === flow.id);
    return !isDeepStrictEqual(old, flow);
  });
}
