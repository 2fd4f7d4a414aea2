import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { SwitchOver, SwitchOverRequest } from "../../protocol/keeper/switch_over.ts";
import { writeAudit } from "../audit/write_audit.ts";
import type { ChangeRequest } from "../changes/change.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import { fieldProblem } from "../http/field_problem.ts";
import type { ClusterKeepers } from "./cluster_keepers.ts";

/**
 * Passes a switch-over on to the cluster's keepers. That it was asked for, and what came of asking,
 * stands in the audit; without the first of these lines nothing is asked.
 * @throws AntiphonError `invalid_request` for a region that is not the cluster's; what the keepers
 * refuse it with
 */
export async function requestSwitchOver(
  context: ControlPlaneContext,
  who: Pick<ChangeRequest, "principal" | "requestId">,
  keepers: ClusterKeepers,
  request: SwitchOverRequest,
): Promise<SwitchOver> {
  const { id, homeRegion, standbyRegion } = keepers.cluster;
  if (request.to !== homeRegion && request.to !== standbyRegion) {
    throw fieldProblem({ path: "to", message: `Cluster ${id} is never there` });
  }
  const note = (action: string, data: Record<string, unknown>) =>
    writeAudit(context, context.db, who, { action, subject: id, partnerId: null, data });
  await note("cluster.switch-over-asked", { ...request });
  let begun: SwitchOver;
  try {
    begun = await keepers.switchOver(request);
  } catch (error) {
    const code = error instanceof AntiphonError ? error.code : "internal";
    await noted(note("cluster.switch-over-refused", { to: request.to, code }));
    throw error;
  }
  const { id: switchOverId, state } = begun;
  await noted(note("cluster.switch-over-begun", { to: request.to, switchOverId, state }));
  return begun;

  /** What the keepers have decided stands, also when the database has gone away meanwhile. */
  async function noted(line: Promise<void>): Promise<void> {
    await line.catch((error) => context.log.error("audit.not-written", { clusterId: id, error }));
  }
}
